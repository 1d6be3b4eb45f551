// Runs in the page before anything of its own: how long it takes from a key or a click until the answer to it is
// painted. `isThere` says whether what was asked for is in the page.
window.hand = (type, isThere) =>
  new Promise((resolve) => {
    let began;
    addEventListener(type, (event) => (began = event.timeStamp), { capture: true, once: true });
    // A frame's callbacks come before it is painted, a message of theirs after it.
    const painted = new MessageChannel();
    painted.port1.onmessage = () => resolve(performance.now() - began);
    const look = () => {
      if (began !== undefined && isThere()) painted.port2.postMessage(null);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
