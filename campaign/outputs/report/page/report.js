"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector) => Array.from(document.querySelectorAll(selector));

  const form = byId("filters");
  const find = byId("find");
  const weeks = all(".week").map((week) => ({
    node: week,
    number: week.dataset.week,
    days: Array.from(week.querySelectorAll("article"), (day) => ({
      node: day,
      lines: Array.from(day.querySelectorAll("li"), (line) => ({
        node: line,
        channel: line.dataset.c,
        account: line.dataset.a,
        text: `${day.querySelector("h4").textContent} ${line.textContent}`.toLowerCase(),
      })),
    })),
  }));
  const total = weeks.flatMap((week) => week.days.flatMap((day) => day.lines)).length;
  const words = (number) => `${number.toLocaleString("en")} ${number === 1 ? "touch" : "touches"}`;

  const show = () => {
    const channel = byId("channel").value;
    const number = byId("week").value;
    const account = byId("account").value;
    const wanted = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (line) =>
      (!channel || line.channel === channel) &&
      (!account || line.account === account) &&
      wanted.every((word) => line.text.includes(word));
    let shown = 0;
    for (const week of weeks) {
      let ofWeek = 0;
      for (const day of week.days) {
        let ofDay = 0;
        for (const line of day.lines) {
          const fit = (!number || week.number === number) && fits(line);
          line.node.hidden = !fit;
          ofDay += fit;
        }
        day.node.hidden = !ofDay;
        ofWeek += ofDay;
      }
      week.node.hidden = !ofWeek;
      shown += ofWeek;
    }
    byId("count").textContent = shown === total ? words(total) : `${shown.toLocaleString("en")} of ${words(total)}`;
    byId("nothing").hidden = shown > 0 || !total;
  };

  const showAll = () => {
    form.reset();
    show();
  };

  form.hidden = !total;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  byId("again").addEventListener("click", () => {
    showAll();
    find.focus();
  });

  // A day that is filtered away is shown again when the calendar leads to it.
  const lead = () => {
    const day = /^#d\d+$/.test(location.hash) && byId(location.hash.slice(1));
    if (day) {
      if (day.hidden) {
        showAll();
        day.scrollIntoView();
      }
      day.focus({ preventScroll: true });
    }
  };
  addEventListener("hashchange", lead);

  const choice = byId("tour");
  if (choice) {
    choice.parentElement.hidden = choice.options.length < 2;
    const tours = all("[data-tour]");
    const map = document.querySelector("svg.map");
    const { width, height } = map.viewBox.baseVal;
    const closest = 1 / 6;
    // The part of the map in which a tour lies, the tour above everything else.
    const lookAt = (tour) => {
      const box = tour?.querySelector("polyline").getBBox() ?? { x: 0, y: 0, width, height };
      const shares = [closest, (1.3 * box.width) / width, (1.3 * box.height) / height];
      const part = Math.min(1, Math.max(...shares));
      const left = part < 1 ? box.x + box.width / 2 - (part * width) / 2 : 0;
      const top = part < 1 ? box.y + box.height / 2 - (part * height) / 2 : 0;
      map.setAttribute("viewBox", `${left} ${top} ${part * width} ${part * height}`);
      map.style.setProperty("--z", 1 / part);
      map.classList.toggle("one", Boolean(tour));
      if (tour) map.append(tour);
    };
    const mark = () => {
      for (const tour of tours) {
        const chosen = tour.dataset.tour === choice.value;
        tour.classList.toggle("chosen", chosen);
        tour.classList.toggle("away", Boolean(choice.value) && !chosen);
      }
      lookAt(map.querySelector(".chosen"));
    };
    choice.addEventListener("change", mark);
    mark();
  }

  show();
  lead();
})();
