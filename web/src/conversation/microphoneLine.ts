/** The microphone's frames on their way to the guide: numbered (docs/decisions/006), and kept for a while in case the connection breaks. */
export interface MicrophoneLine {
  /** Sends the frame now, or once there is a conversation again. `pcm`: PCM16 mono 16 kHz. */
  take(pcm: ArrayBuffer): void;
  /** The microphone goes on after it was off: the time between was silence. */
  reopened(): void;
  /** A conversation is there: the one before, which may have missed something, or another one. */
  registered(resumed: boolean): void;
  forget(): void;
}

const samplesPerMs = 16;
// 5 s: as long as anyone waits for a connection and goes on talking.
const mostKept = 125;

/** @param send False: there is no conversation to send to. */
export function createMicrophoneLine(send: (frame: ArrayBuffer) => boolean, now: () => number = () => performance.now()): MicrophoneLine {
  let kept: ArrayBuffer[] = [];
  let position = 0;
  let begun = false; // The guide has heard something of this conversation.
  let lastFrameAt: number | null = null;

  function take(pcm: ArrayBuffer): void {
    const frame = numbered(position, pcm);
    position = (position + (pcm.byteLength >> 1)) >>> 0;
    lastFrameAt = now();
    kept.push(frame);
    if (kept.length > mostKept) kept.shift();
    if (send(frame)) begun = true;
  }

  function reopened(): void {
    if (lastFrameAt === null) return;
    position = (position + Math.round((now() - lastFrameAt) * samplesPerMs)) >>> 0;
  }

  function registered(resumed: boolean): void {
    // What another conversation has heard is not said again in this one.
    if (!resumed && begun) forget();
    for (const frame of kept) begun = send(frame) || begun;
  }

  function forget(): void {
    kept = [];
    position = 0;
    begun = false;
    lastFrameAt = null;
  }

  return { take, reopened, registered, forget };
}

function numbered(firstSample: number, pcm: ArrayBuffer): ArrayBuffer {
  const frame = new Uint8Array(4 + pcm.byteLength);
  new DataView(frame.buffer).setUint32(0, firstSample, true);
  frame.set(new Uint8Array(pcm), 4);
  return frame.buffer;
}
