// The way back from a company leads to the list as one left it. Other links lead to all of it.
"use strict";

const LIST = "/companies";
const LEFT_AT = "jobfair-companies";

function keepList() {
  if (location.pathname === LIST) tabStorage.setItem(LEFT_AT, location.search);
}

function leadBack() {
  keepList();
  const address = LIST + (tabStorage.getItem(LEFT_AT) ?? "");
  document.querySelectorAll("a[data-list]").forEach((link) => (link.href = address));
}

addEventListener("pagehide", keepList);
addEventListener("pageshow", leadBack);
