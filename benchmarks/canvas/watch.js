// Runs in the page before anything of its own: notes every frame, and when the graph can be used.
(() => {
  const times = [];
  let last = performance.now();
  window.bench = {
    usable: null,
    start() { times.length = 0; },
    stop: () => times.slice(1),
    viewport() {
      const box = document.querySelector(".react-flow").getBoundingClientRect();
      const scale = new DOMMatrix(getComputedStyle(document.querySelector(".react-flow__viewport")).transform).a;
      return { x: box.x, y: box.y, width: box.width, height: box.height, scale };
    },
    // A point of the window that lies on the empty canvas, on a node, or on a selected one; near the middle.
    point(on) {
      const { x, y, width, height } = window.bench.viewport();
      const middle = { x: x + width / 2, y: y + height / 2 };
      const far = (at) => Math.hypot(at.x - middle.x, at.y - middle.y);
      const center = (node) => {
        const box = node.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      };
      if (on !== "pane") {
        const wanted = on === "selected" ? ".react-flow__node.selected" : ".react-flow__node";
        return [...document.querySelectorAll(wanted)].map(center).sort((a, b) => far(a) - far(b))[0];
      }
      for (let step = 0; step < 400; step++) {
        const at = {
          x: middle.x + width * 0.4 * Math.sin(step) * (step / 400),
          y: middle.y + height * 0.4 * Math.cos(step * 1.3) * (step / 400),
        };
        if (document.elementFromPoint(at.x, at.y)?.classList.contains("react-flow__pane")) return at;
      }
      return undefined;
    },
  };
  const tick = (now) => {
    times.push(now - last);
    last = now;
    if (window.bench.usable === null && document.readyState !== "loading") {
      const name = window.DRAWN ?? "react-flow__node";
      const drawn = document.getElementsByClassName(name).length;
      const first = document.getElementsByClassName(name)[0];
      // Drawn, brought into view, and the frame before this one was a short one: a click would be answered.
      if (drawn >= window.NODES && first && getComputedStyle(first).visibility === "visible" && times.at(-1) < 50)
        window.bench.usable = now;
    }
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
})();
