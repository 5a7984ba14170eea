/**
 * Run in a page, as text: from then on `opened()` counts what was ever opened, and `held()` what has to be given back and is not yet.
 * Around the real ones, so that what is counted is what the browser does.
 */
export const counters = `(() => {
  const sockets = [], contexts = [], tracks = [], observers = new Set(), timers = new Set(), frames = new Set(), listeners = new Map();
  let urls = 0;
  const count = (name, kept) => { const Original = globalThis[name]; globalThis[name] = class extends Original { constructor(...a) { super(...a); kept.push(this); } }; };
  count('WebSocket', sockets);
  count('AudioContext', contexts);
  globalThis.ResizeObserver = class extends ResizeObserver {
    observe(...a) { observers.add(this); super.observe(...a); }
    disconnect() { observers.delete(this); super.disconnect(); }
  };
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => { const stream = await ask(wanted); tracks.push(...stream.getTracks()); return stream; };

  const once = (begin, end, kept) => {
    const [start, stop] = [globalThis[begin], globalThis[end]];
    globalThis[begin] = (act, ...a) => { const id = start((...b) => { kept.delete(id); act(...b); }, ...a); kept.add(id); return id; };
    globalThis[end] = (id) => { kept.delete(id); stop(id); };
  };
  once('setTimeout', 'clearTimeout', timers);
  once('requestAnimationFrame', 'cancelAnimationFrame', frames);
  once('requestIdleCallback', 'cancelIdleCallback', frames);
  const { setInterval, clearInterval } = globalThis;
  globalThis.setInterval = (...a) => { const id = setInterval(...a); timers.add(id); return id; };
  globalThis.clearInterval = (id) => { timers.delete(id); clearInterval(id); };

  // What lives longer than any element: the window, the document, the screen's size.
  const ids = new WeakMap();
  const idOf = (thing) => { if (!ids.has(thing)) ids.set(thing, String(Math.random())); return ids.get(thing); };
  const nameOf = (target, type, act, how) => [idOf(target), type, act && idOf(act), how === true || how?.capture === true].join(' ');
  const isCounted = (target) => target === globalThis || target === document || target instanceof MediaQueryList;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, act, how) {
    const target = this ?? globalThis;
    if (isCounted(target)) {
      const name = nameOf(target, type, act, how), gone = () => listeners.delete(name);
      listeners.set(name, type);
      if (how?.once) addEventListener.call(target, type, gone, { once: true });
      if (how?.signal) addEventListener.call(how.signal, 'abort', gone, { once: true });
    }
    addEventListener.call(target, type, act, how);
  };
  EventTarget.prototype.removeEventListener = function (type, act, how) {
    const target = this ?? globalThis;
    if (isCounted(target)) listeners.delete(nameOf(target, type, act, how));
    removeEventListener.call(target, type, act, how);
  };

  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => { urls++; return createObjectURL.call(URL, blob); };
  URL.revokeObjectURL = (url) => { urls--; revokeObjectURL.call(URL, url); };

  globalThis.opened = () => ({ sockets: sockets.length, contexts: contexts.length, tracks: tracks.length });
  globalThis.held = () => ({
    sockets: sockets.filter((s) => s.readyState !== WebSocket.CLOSED).length, contexts: contexts.filter((c) => c.state !== 'closed').length,
    tracks: tracks.filter((t) => t.readyState === 'live').length, observers: observers.size, timers: timers.size, frames: frames.size, listeners: [...listeners.values()], urls,
  });
})()`;

export const nothing = { sockets: 0, contexts: 0, tracks: 0, observers: 0, timers: 0, frames: 0, listeners: [], urls: 0 };
