import { PerspectiveCamera, Scene, Vector3, WebGLRenderer } from 'three';
import { secondsBetween } from '../../guide/frameTime';
import type { Figure } from '../figure';
import { DigitalHumanAnimator } from '../motion/DigitalHumanAnimator';
import { GuideMotion, type Bearing, type Moment } from '../motion/GuideMotion';
import { frame, frames } from './framing';
import { AdaptiveResolution } from './resolution';
import { watchSight, watchSize } from './sight';
import type { StageEvents, StageSetting } from './stageEvents';
import { readTheme, watchTheme } from './theme';

/** At rest fewer frames are enough: breath and blinks are slow. The processor is given more rest than a graphics card. */
const restingMs = { hardware: 30, software: 46 } as const;

const parts = ['head', 'eyes', 'mouth', 'visemes', 'hands', 'thread'] as const satisfies readonly (keyof Bearing)[];

/** Draws a figure before every frame; draws nothing while it is not seen. */
export class Stage {
  readonly stats = { frames: 0, calls: 0, triangles: 0, scriptMs: new Float32Array(600) };
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera();
  private readonly motion = new GuideMotion();
  private readonly animator: DigitalHumanAnimator<Bearing>;
  private readonly resolution: AdaptiveResolution;
  private readonly releases: (() => void)[] = [];
  private readonly hand = new Vector3();
  private size = { width: 0, height: 0 };
  private request: number | null = null;
  private last = 0;
  private seen = true;
  private whole: boolean;
  private readonly restingMs: number;

  constructor(private readonly canvas: HTMLCanvasElement, private readonly figure: Figure, private readonly events: StageEvents, setting: StageSetting) {
    this.whole = setting.whole;
    this.restingMs = restingMs[setting.software ? 'software' : 'hardware'];
    this.renderer = new WebGLRenderer({ canvas, alpha: true, antialias: true, powerPreference: 'low-power' });
    this.resolution = new AdaptiveResolution(setting.software ? 1 : devicePixelRatio, Math.min(2, devicePixelRatio));
    this.animator = new DigitalHumanAnimator<Bearing>(figure.apply);
    this.scene.add(figure.object);
    this.relight();
    this.releases.push(watchTheme(() => { this.relight(); }));
    this.listen('webglcontextlost', (event) => {
      event.preventDefault();
      this.pause();
      events.lost();
    });
    this.listen('webglcontextrestored', () => { this.relight(); this.fit(); });
    this.releases.push(watchSize(canvas, (size) => {
      this.size = size;
      this.fit();
    }), watchSight(canvas, (seen) => {
      this.seen = seen;
      if (seen) this.go();
      else this.pause();
    }));
  }

  show(whole: boolean): void {
    if (whole === this.whole) return;
    this.whole = whole;
    this.relight();
    this.fit();
  }

  dispose(): void {
    this.pause();
    for (const release of this.releases.reverse()) release();
    this.figure.dispose();
    this.renderer.dispose();
    // The browser keeps only so many contexts; it must not wait for the collector.
    this.renderer.forceContextLoss();
  }

  private listen(type: string, act: (event: Event) => void): void {
    this.canvas.addEventListener(type, act);
    this.releases.push(() => { this.canvas.removeEventListener(type, act); });
  }

  private fit(): void {
    const { width, height } = this.size;
    if (width < 1 || height < 1) return this.pause();
    this.renderer.setPixelRatio(this.resolution.ratio);
    this.renderer.setSize(width, height, false);
    frame(this.camera, width, height, this.whole ? frames.whole : frames.bust);
    // Another size empties the canvas: without a picture of that size at once it would flash, and be gone while the size moves.
    if (this.stats.frames > 0) this.renderer.render(this.scene, this.camera);
    this.go();
  }

  private relight(): void {
    this.figure.light(readTheme(this.canvas), !this.whole);
  }

  private go(): void {
    if (this.request !== null || !this.seen || this.size.width < 1 || this.renderer.getContext().isContextLost()) return;
    this.last = performance.now();
    this.request = requestAnimationFrame(this.frame);
  }

  private pause(): void {
    if (this.request !== null) cancelAnimationFrame(this.request);
    this.request = null;
  }

  private readonly frame = (nowMs: number): void => {
    this.request = requestAnimationFrame(this.frame);
    try {
      if (this.animator.isDue(nowMs)) this.draw(nowMs);
    } catch (reason) {
      // Nothing about the page sees what a frame throws, and the next one would throw it again.
      this.pause();
      this.events.failed(reason);
    }
  };

  private draw(nowMs: number): void {
    const moment = this.events.moment();
    const atRest = !moment.playing && moment.pose.name === 'rest';
    const passed = nowMs - this.last;
    if (atRest && passed < this.restingMs) return;
    const begun = performance.now();
    const seconds = secondsBetween(this.last, nowMs);
    const bearing = this.motion.step(seconds, moment);
    for (const part of parts) this.animator.scheduleUpdate(part, bearing[part]);
    this.figure.live?.(seconds);
    this.animator.flush(nowMs);
    this.renderer.render(this.scene, this.camera);
    this.tell(moment);
    this.count(performance.now() - begun);
    if (this.resolution.drew(atRest ? passed - this.restingMs / 2 : passed)) this.fit();
    this.last = nowMs;
    if (!this.resolution.isBeaten) return;
    this.pause();
    this.events.beaten();
  }

  private tell(moment: Moment): void {
    this.hand.copy(this.figure.hand).project(this.camera);
    this.events.drawn({ x: ((this.hand.x + 1) / 2) * this.size.width, y: ((1 - this.hand.y) / 2) * this.size.height }, moment);
  }

  private count(ms: number): void {
    this.stats.scriptMs[this.stats.frames++ % this.stats.scriptMs.length] = ms;
    this.stats.calls = this.renderer.info.render.calls;
    this.stats.triangles = this.renderer.info.render.triangles;
  }
}
