// What a page measures of itself: both run in the page, before any script of its own.

/** When the field can be written into and has been painted, ms from the navigation's start; and how far anything has moved. */
export function watchLoading() {
  globalThis.measured = { shift: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.measured.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    const field = document.querySelector('[data-testid=question]');
    if (!field || field.disabled || field.getClientRects().length === 0) return void requestAnimationFrame(look);
    // A message is taken after the frame in which it was sent: then the field is on the screen.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { globalThis.measured.readyMs = performance.now(); };
      port2.postMessage(null);
    });
  };
  requestAnimationFrame(look);
}

/** Frames: the draw calls and the time of scripts in each, whatever library makes them. */
export function watchFrames() {
  globalThis.frames = { scriptMs: [], mostDrawCalls: 0 };
  let calls = 0;
  let spent = 0;
  for (const context of [globalThis.WebGLRenderingContext, globalThis.WebGL2RenderingContext]) {
    for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced', 'drawRangeElements']) {
      const draw = context?.prototype[name];
      if (!draw) continue;
      context.prototype[name] = function (...rest) {
        calls += 1;
        return draw.apply(this, rest);
      };
    }
  }
  const request = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (act) => request((time) => {
    const began = performance.now();
    act(time);
    // What the callback has changed is rendered by Vue in the microtasks behind it.
    queueMicrotask(() => { spent += performance.now() - began; });
  });
  const tick = () => {
    globalThis.frames.scriptMs.push(spent);
    globalThis.frames.mostDrawCalls = Math.max(globalThis.frames.mostDrawCalls, calls);
    calls = spent = 0;
    request(tick);
  };
  request(tick);
}
