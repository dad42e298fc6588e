/* Nothing here is needed to read the page: printing, a filter, keys inside the list, and copying. */
addEventListener("beforeprint", () => { for (const d of document.querySelectorAll("details")) d.open = true; });
for (const box of document.querySelectorAll("input[data-for]")) {
box.hidden = false;
const story = document.getElementById(box.dataset.for).closest(".story");
const rows = story.querySelectorAll(".st, .matrix tbody tr:not(.grp)");
const says = story.querySelector(".hits");
box.addEventListener("input", () => {
const wanted = box.value.trim().toLowerCase();
let hits = 0;
for (const row of rows) {
row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
if (!row.hidden && row.classList.contains("st")) hits++;
}
says.textContent = wanted ? hits + (hits === 1 ? " statement contains “" : " statements contain “") + box.value.trim() + "”" : "";
});
const list = story.querySelector(".cards");
list.addEventListener("keydown", (event) => {
if (event.ctrlKey || event.metaKey || event.altKey) return;
const cards = [...list.querySelectorAll(".st:not([hidden])")];
const here = cards.indexOf(event.target.closest(".st"));
if (event.key === "j" || event.key === "k") {
const next = cards[here + (event.key === "j" ? 1 : -1)];
if (next) { next.querySelector(".n").focus(); next.scrollIntoView({ block: "nearest" }); }
} else if (event.key === "o" && here >= 0) {
for (const d of cards[here].querySelectorAll("details")) d.open = !d.open;
} else if (event.key === "/") {
box.focus();
} else return;
event.preventDefault();
});
}
document.addEventListener("toggle", (event) => {
const place = event.target;
if (!place.matches("details.p") || place.querySelector("button")) return;
const copy = document.createElement("button");
copy.type = "button";
copy.textContent = "copy with attribution";
copy.addEventListener("click", async () => {
const wording = place.closest(".v").querySelector("blockquote").cloneNode(true);
for (const part of wording.querySelectorAll("del, .vh")) part.remove();
const link = place.querySelector("a[href^=http]");
const who = place.closest(".st").querySelector(".who b").textContent;
const outlet = place.parentElement.querySelector("a");
const on = outlet.nextSibling.textContent.trim().match(/^(,[^(]*\S)?(.*)/);
const year = on[1] && place.closest(".story").dataset.year || "";
const where = outlet.textContent + (on[1] || "") + year + on[2];
const said = [wording.textContent, "(" + who + ", in " + where + ")", link ? link.href : ""];
await navigator.clipboard.writeText(said.join(" ").replace(/\s+/g, " ").trim());
copy.textContent = "copied";
});
place.append(copy);
}, true);
