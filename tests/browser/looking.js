// What a person would see on a page, asked by tests/browser/test_every_page.py: each function
// gives back a list of complaints, empty where all is well.
"use strict";

const jobfairLooking = {
  shown(element) {
    const { width, height } = element.getBoundingClientRect();
    const hidden = element.closest("[hidden], .skip-link, .visually-hidden, .sprite");
    return !hidden && width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
  },

  named(element) {
    const { width, height } = element.getBoundingClientRect();
    const words = (element.innerText || element.getAttribute("name") || element.getAttribute("href") || "").trim().slice(0, 40);
    const path = `${element.tagName.toLowerCase()}.${element.className}#${element.id} «${words}»`;
    return `${path} ${Math.round(width)}x${Math.round(height)}`;
  },

  // A link within a sentence is as high as its line; all else is as large as a thumb.
  // A link that is stretched over what holds it is as large as that.
  touched(element) {
    const { position, inset } = getComputedStyle(element, "::after");
    return position === "absolute" && inset === "0px" ? element.offsetParent ?? element : element;
  },

  smallTargets(least) {
    const inSentence = (link) =>
      link.matches("a") && getComputedStyle(link).display === "inline" &&
      link.parentElement.innerText.trim().length > link.innerText.trim().length + 3;
    const targets = document.querySelectorAll(
      "a[href], button, summary, select, textarea, input:not([type=hidden])",
    );
    return [...targets]
      .filter((element) => this.shown(element) && !inSentence(element))
      .map((element) => element.matches("[type=checkbox], [type=radio]") ? element.closest("label") ?? element : element)
      .filter((element) => {
        const { width, height } = this.touched(element).getBoundingClientRect();
        return width < least - 0.5 || height < least - 0.5;
      })
      .map((element) => this.named(element));
  },

  // The page itself never scrolls sideways; a wide table or chart may, in a box of its own.
  tooWide() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = (element) => element.closest(".table-box, .chart-box, .tabs, .wide");
    const beyond = [...document.body.querySelectorAll("*")].filter(
      (element) => this.shown(element) && !scrolls(element) && element.getBoundingClientRect().right > width + 0.5,
    );
    return [`${document.documentElement.scrollWidth} of ${width}`, ...beyond.slice(0, 5).map((each) => this.named(each))];
  },

  // Of the tabs none is beyond an edge, where nobody looks for it.
  hiddenTabs() {
    const { clientWidth, clientHeight } = document.documentElement;
    return [...document.querySelectorAll(".tabs a")]
      .filter((tab) => {
        const { left, right, bottom } = tab.getBoundingClientRect();
        return left < 0 || right > clientWidth + 0.5 || bottom > clientHeight + 0.5;
      })
      .map((tab) => this.named(tab));
  },

  // The header is one line.
  wrapping() {
    const parts = [...document.querySelectorAll(".top > *")].filter((part) => this.shown(part));
    const bottom = Math.min(...parts.map((part) => part.getBoundingClientRect().bottom));
    return parts.filter((part) => part.getBoundingClientRect().top >= bottom).map((part) => this.named(part));
  },

  // Where the browser chooses the colours, what has only a ground of its own has no edge.
  edgeless() {
    const all = [...document.querySelectorAll("body *")];
    return all
      .filter((element) => {
        const { borderRadius, backgroundColor, borderStyle, outlineStyle } = getComputedStyle(element);
        const ground = parseFloat(borderRadius) > 0 && backgroundColor !== "rgba(0, 0, 0, 0)" && element.innerText?.trim();
        return ground && this.shown(element) && `${borderStyle} ${outlineStyle}`.replaceAll("none", "").trim() === "";
      })
      .map((element) => this.named(element));
  },

  moving() {
    const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
    const all = [...document.querySelectorAll("body, body *")];
    return all
      .filter((element) => {
        const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
        return (animationName !== "none" && lasts(animationDuration)) || lasts(transitionDuration);
      })
      .map((element) => this.named(element));
  },

  // A status is a word and a shape, not only a colour.
  onlyColoured() {
    return [...document.querySelectorAll(".badge")]
      .filter((badge) => !badge.querySelector(".icon") || !badge.innerText.trim())
      .map((badge) => this.named(badge));
  },

  // On a button or a badge the shape is seen as the words are.
  colouredOtherwise() {
    return [...document.querySelectorAll(":is(.button, .badge) > .icon")]
      .filter((icon) => this.shown(icon) && getComputedStyle(icon).color !== getComputedStyle(icon.parentElement).color)
      .map((icon) => this.named(icon.parentElement));
  },

  // What is read out by itself holds no number that changes with every step of a queue.
  readOut() {
    const regions = document.querySelectorAll("[aria-live]:not([aria-live=off]), [role=status], [role=alert]");
    return [...regions]
      .filter((region) => region.querySelector(".queue-place, .count, .figure, .elapsed, .row, time[data-since]"))
      .map((region) => this.named(region));
  },
};
