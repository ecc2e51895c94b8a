// Shows whom a message is for: a company that is typed chooses its queue, everyone needs none. The
// server goes by the company too.
"use strict";

const company = document.getElementById("company");

function choose({ target }) {
  if (target === company) {
    for (const choice of company.form.elements.audience) choice.checked = choice.value === "queue";
  } else if (target.name === "audience" && target.value === "everyone") {
    company.value = "";
  }
}

company?.form.addEventListener("input", choose);
