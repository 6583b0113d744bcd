// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: the ziping authors
"use strict";
// What is filled in, as a file for --corrections.
document.getElementById("save")?.addEventListener("click", () => {
  const said = (id) => document.getElementById(id).value.trim();
  const corrections = [];
  for (const input of document.querySelectorAll("input[data-pointer]")) {
    if (!input.value.trim()) continue;
    const { sha256, form, pointer } = input.dataset;
    corrections.push({ sha256, form: Number(form), pointer, text: input.value.trim(), by: said("who"), when: said("when") });
  }
  const body = JSON.stringify({ schema: "ziping/corrections/1", corrections }, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([body], { type: "application/json" }));
  link.download = "corrections.json";
  link.click();
});
