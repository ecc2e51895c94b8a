// The list of companies is found again as one left it: links to it lead to what was chosen there.
"use strict";

const LIST = "/companies";
const LEFT_AT = "jobfair-companies";

function keepList() {
  if (location.pathname === LIST) tabStorage.setItem(LEFT_AT, location.search);
}

function leadBack() {
  keepList();
  const address = LIST + (tabStorage.getItem(LEFT_AT) ?? "");
  document.querySelectorAll(".tabs a[href^='/companies'], a[data-list]").forEach((link) => (link.href = address));
}

addEventListener("pagehide", keepList);
addEventListener("pageshow", leadBack);
