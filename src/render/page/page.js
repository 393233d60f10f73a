"use strict";
// The page of a timeline: pan and zoom of the picture, the detail of an event, the search of the table.
// All words are already in the document: nothing is made out of text here, nodes are only cloned, shown and hidden.
(() => {
  const byId = (id) => document.getElementById(id);
  const frame = byId("picture"), svg = frame.querySelector("svg"), detail = byId("detail"), tip = byId("tip");
  const rows = [...document.querySelectorAll("#events tbody tr")];
  const rowOf = new Map(rows.map((row) => [row.dataset.event, row]));
  const marks = [...svg.querySelectorAll("[data-event]")].filter((mark) => rowOf.has(mark.dataset.event));
  const marksOf = new Map();
  for (const mark of marks) marksOf.set(mark.dataset.event, [...(marksOf.get(mark.dataset.event) ?? []), mark]);
  const whole = svg.viewBox.baseVal, W = whole.width, H = whole.height;
  let view = { x: 0, y: 0, w: W, h: H };

  // Pan and zoom: the part of the picture that is in view.
  const clamp = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));
  function look(next) {
    const aspect = frame.clientHeight / frame.clientWidth;
    const w = clamp(next.w, W / 40, Math.max(W, H / aspect)), h = w * aspect;
    const within = (at, size, all) => (size >= all ? 0 : clamp(at, 0, all - size));
    view = { x: within(next.x, w, W), y: within(next.y, h, H), w, h };
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
  }
  function zoom(factor, px = frame.clientWidth / 2, py = frame.clientHeight / 2) {
    const sx = px / frame.clientWidth, sy = py / frame.clientHeight, w = view.w / factor, h = view.h / factor;
    look({ x: view.x + (view.w - w) * sx, y: view.y + (view.h - h) * sy, w });
  }
  const pan = (dx, dy) => look({ ...view, x: view.x - (dx * view.w) / frame.clientWidth, y: view.y - (dy * view.h) / frame.clientHeight });
  function fit() {
    // On a narrow screen the picture begins at a size that can be read.
    const w = Math.min(W, frame.clientWidth / 0.62);
    frame.style.height = `${Math.round(clamp((H * frame.clientWidth) / w, 240, Math.max(320, window.innerHeight * 0.8)))}px`;
    look({ x: 0, y: 0, w });
  }
  svg.setAttribute("role", "group");
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  svg.setAttribute("preserveAspectRatio", "xMinYMin meet");
  new ResizeObserver(() => look(view)).observe(frame);

  const spot = (event) => {
    const box = frame.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), ...spot(event));
  }, { passive: false });
  const fingers = new Map();
  let moved = 0;
  frame.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, spot(event));
    moved = 0;
  });
  frame.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId), now = spot(event);
    if (!before) return;
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const reach = (at) => Math.hypot(at[0] - other[0], at[1] - other[1]) || 1;
      zoom(reach(now) / reach(before), ...other);
    } else {
      pan(now[0] - before[0], now[1] - before[1]);
    }
    moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (moved > 4) frame.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, now);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) frame.addEventListener(end, (event) => fingers.delete(event.pointerId));
  byId("closer").addEventListener("click", () => zoom(1.5));
  byId("further").addEventListener("click", () => zoom(1 / 1.5));
  byId("all").addEventListener("click", () => look({ x: 0, y: 0, w: Infinity }));

  // One event at a time is chosen: its marks and its row are told apart, its detail is shown.
  let chosen = null;
  function choose(id, { focus = false, scroll = true } = {}) {
    for (const part of [...(marksOf.get(chosen) ?? []), rowOf.get(chosen)]) {
      part?.classList.remove("chosen");
      part?.removeAttribute("aria-current");
    }
    chosen = id;
    const row = rowOf.get(id);
    detail.hidden = !row;
    if (!row) return;
    for (const part of [...(marksOf.get(id) ?? []), row]) {
      part.classList.add("chosen");
      part.setAttribute("aria-current", "true");
    }
    const said = byId("said");
    said.replaceChildren();
    for (const cell of row.cells) {
      if (!cell.textContent.trim()) continue;
      const part = document.createElement("div");
      part.className = cell.className;
      for (const node of cell.childNodes) {
        const copy = node.cloneNode(true);
        if (copy.nodeName === "BUTTON") {
          const heading = document.createElement("h2");
          heading.textContent = copy.textContent;
          part.append(heading);
        } else {
          part.append(copy);
        }
      }
      said.append(part);
    }
    const mark = marksOf.get(id)?.[0];
    if (mark) {
      rove(mark);
      if (scroll) bring(mark);
      if (focus) mark.focus({ preventScroll: true });
    }
  }
  function bring(mark) {
    const box = mark.getBBox();
    const inside = box.x >= view.x && box.y >= view.y && Math.min(box.x + box.width, box.x + 40) <= view.x + view.w && box.y + box.height <= view.y + view.h;
    if (!inside) look({ ...view, x: box.x - view.w / 3, y: box.y - view.h / 3 });
  }
  // One mark takes part in the order of the Tab key; arrows go from event to event.
  function rove(mark) {
    for (const other of marks) other.setAttribute("tabindex", other === mark ? "0" : "-1");
  }
  for (const mark of marks) {
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-label", mark.querySelector("title")?.textContent ?? "");
    mark.addEventListener("click", () => moved <= 4 && choose(mark.dataset.event, { focus: true, scroll: false }));
    mark.addEventListener("pointerenter", (event) => {
      tip.textContent = mark.getAttribute("aria-label");
      tip.hidden = false;
      const [x, y] = spot(event);
      tip.style.left = `${clamp(x + 14, 0, frame.clientWidth - 260)}px`;
      tip.style.top = `${y + 18}px`;
    });
    mark.addEventListener("pointerleave", () => (tip.hidden = true));
  }
  if (marks.length) rove(marks[0]);
  function step(by) {
    const shown = rows.filter((row) => !row.hidden);
    if (!shown.length) return;
    const at = shown.indexOf(rowOf.get(chosen));
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : clamp(at + by, 0, shown.length - 1);
    choose(shown[next].dataset.event, { focus: true });
  }
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = frame.clientWidth / 6;
    const keys = {
      ArrowRight: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => pan(0, far), ArrowDown: () => pan(0, -far),
      "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: () => look({ x: 0, y: 0, w: Infinity }),
      Enter: () => choose(event.target.dataset?.event ?? chosen), " ": () => choose(event.target.dataset?.event ?? chosen),
    };
    if (!keys[event.key] || event.target.closest("button")) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !detail.hidden) {
      const mark = marksOf.get(chosen)?.[0];
      choose(null);
      mark?.focus({ preventScroll: true });
    }
  });
  byId("close").addEventListener("click", () => choose(null));
  for (const row of rows) {
    row.querySelector("button").addEventListener("click", () => {
      choose(row.dataset.event);
      detail.focus();
    });
  }

  // The search: every word must be found in a row, whatever its case and accents.
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let texts = null;
  const search = byId("search"), found = byId("found");
  search.addEventListener("input", () => {
    texts ??= rows.map((row) => fold(row.textContent));
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, at) => {
      const fits = words.every((word) => texts[at].includes(word));
      row.hidden = !fits;
      count += fits;
      for (const mark of marksOf.get(row.dataset.event) ?? []) mark.classList.toggle("dimmed", !fits);
    });
    found.textContent = words.length ? `${count} of ${rows.length} events` : `${rows.length} events`;
  });
  document.documentElement.classList.add("live");
  fit();
})();
