// What the page remembers. A browser may block its storage, as it does where cookies are refused, or
// the storage may be full: then it is remembered as long as the page is open.
"use strict";

class Remembered {
  #storage;
  #here = new Map();

  constructor(storage) {
    this.#storage = storage; // a function, as naming a blocked storage throws
  }

  getItem(key) {
    if (this.isOnlyHere(key)) return this.#here.get(key);
    try {
      return this.#storage().getItem(key);
    } catch {
      return null;
    }
  }

  setItem(key, value) {
    this.#here.delete(key);
    try {
      this.#storage().setItem(key, value);
    } catch {
      this.#here.set(key, String(value));
    }
  }

  removeItem(key) {
    this.#here.delete(key);
    try {
      this.#storage().removeItem(key);
    } catch {} // nothing was kept
  }

  // Whether it is lost with the page.
  isOnlyHere(key) {
    return this.#here.has(key);
  }
}

const tabStorage = new Remembered(() => sessionStorage);
const browserStorage = new Remembered(() => localStorage);
