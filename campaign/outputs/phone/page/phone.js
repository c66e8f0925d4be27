"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, node = document) => Array.from(node.querySelectorAll(selector));
  const days = all("article");
  if (!days.length) return;

  const choice = byId("day");
  const iso = (date) =>
    [date.getFullYear(), date.getMonth() + 1, date.getDate()]
      .map((part) => String(part).padStart(2, "0"))
      .join("-");
  const today = () => iso(new Date());

  const show = () => {
    for (const day of days) day.hidden = day.dataset.day !== choice.value;
    byId("before").disabled = choice.selectedIndex === 0;
    byId("after").disabled = choice.selectedIndex === days.length - 1;
  };
  const go = (steps) => {
    choice.selectedIndex = Math.max(0, Math.min(days.length - 1, choice.selectedIndex + steps));
    show();
    scrollTo(0, 0);
  };
  choice.value = (days.find((day) => day.dataset.day >= today()) ?? days[days.length - 1]).dataset.day;
  choice.addEventListener("change", show);
  byId("before").addEventListener("click", () => go(-1));
  byId("after").addEventListener("click", () => go(1));
  byId("days").hidden = false;
  show();

  // What is ticked outlives the page where the browser keeps it; a private window may not.
  const place = `campaign ticks ${document.title} ${days[0].dataset.day}`;
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(place)) ?? {};
    } catch {
      return {};
    }
  };
  const keep = () => {
    try {
      localStorage.setItem(place, JSON.stringify(ticks));
    } catch {
      // kept as long as the page is open
    }
  };
  let ticks = read();

  const quoted = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const columns = ["touch_id", "outcome", "done_on", "again_on", "note"];
  const csv = () =>
    [columns, ...Object.entries(ticks).map(([id, tick]) => [id, tick.outcome, tick.done_on, tick.again_on, tick.note])]
      .map((cells) => cells.map((cell) => quoted(cell ?? "")).join(","))
      .join("\r\n") + "\r\n";

  const cards = all(".card").filter((card) => card.querySelector(".tick"));
  const parts = (card) => ({
    box: card.querySelector("[type=checkbox]"),
    outcome: card.querySelector("select"),
    again: card.querySelector(".again"),
    note: card.querySelector(".note"),
  });
  const draw = () => {
    for (const card of cards) {
      const { box, outcome, again, note } = parts(card);
      const tick = ticks[card.dataset.id];
      box.checked = Boolean(tick);
      outcome.value = tick?.outcome ?? "";
      again.value = tick?.again_on ?? "";
      again.hidden = tick?.outcome !== "later";
      note.value = tick?.note ?? "";
      card.classList.toggle("ticked", Boolean(tick));
    }
    const number = Object.keys(ticks).length;
    byId("ticks").hidden = !number;
    byId("count").textContent = `${number} ticked`;
    byId("text").value = csv();
  };
  for (const card of cards) {
    const { box, outcome, again, note } = parts(card);
    const day = card.closest("article").dataset.day;
    const set = (change) => {
      const done_on = day < today() ? day : today();
      const before = ticks[card.dataset.id] ?? { outcome: "done", done_on, again_on: "", note: "" };
      ticks[card.dataset.id] = { ...before, ...change };
    };
    box.addEventListener("change", () => {
      if (box.checked) set({});
      else delete ticks[card.dataset.id];
      keep();
      draw();
    });
    outcome.addEventListener("change", () => {
      if (outcome.value) set({ outcome: outcome.value, again_on: outcome.value === "later" ? again.value : "" });
      else delete ticks[card.dataset.id];
      keep();
      draw();
    });
    again.addEventListener("change", () => {
      set({ again_on: again.value });
      keep();
      draw();
    });
    note.addEventListener("change", () => {
      set({ note: note.value });
      keep();
      draw();
    });
    card.querySelector(".tick").hidden = false;
  }
  byId("save").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
    link.download = "ticks.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  byId("forget").addEventListener("click", () => {
    ticks = {};
    keep();
    draw();
  });
  draw();
})();
