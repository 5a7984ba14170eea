const betweenBlinks = [2.4, 6] as const;
const betweenGlances = [2.2, 5.5] as const;
const blinkSeconds = 0.14;
const doubleBlinks = 1 / 8;
const toVisitor = 0.7;
/** After so long without a word it looks at the exhibit's name. */
const lonelySeconds = 30;

const lookAtVisitor = [0, 0] as const;
const lookAtTag = [0.85, 0.15] as const;
const lookAtRoom = [[-0.6, 0.25], [0.5, 0.4], [-0.3, -0.2]] as const;
const lookAtName = [-0.5, 0.8] as const;

/** What someone awake does while nothing happens: blinks and glances. Times in seconds. */
export class IdleLife {
  private sinceBlink = 0;
  private untilBlink: number;
  private untilGlance: number;
  private quiet = 0;
  private where: readonly [number, number] = lookAtVisitor;

  constructor(private readonly random: () => number = Math.random) {
    this.untilBlink = this.between(betweenBlinks);
    this.untilGlance = this.between(betweenGlances);
  }

  /** `busy` while something is said or heard: then it looks where its stance says. */
  live(seconds: number, busy: boolean): void {
    this.sinceBlink += seconds;
    this.quiet = busy ? 0 : this.quiet + seconds;
    if ((this.untilBlink -= seconds) <= 0) {
      this.sinceBlink = 0;
      this.untilBlink = this.random() < doubleBlinks ? blinkSeconds * 1.6 : this.between(betweenBlinks);
    }
    if ((this.untilGlance -= seconds) <= 0) {
      this.untilGlance = this.between(betweenGlances);
      const at = this.random();
      if (this.quiet > lonelySeconds) this.where = lookAtName;
      else if (at < toVisitor) this.where = lookAtVisitor;
      else this.where = at < toVisitor + 0.15 ? lookAtTag : lookAtRoom[Math.floor(this.random() * lookAtRoom.length)] ?? lookAtVisitor;
    }
    if (busy) this.where = lookAtVisitor;
  }

  get blink(): { duration: number; seconds: number } {
    return { duration: blinkSeconds, seconds: this.sinceBlink };
  }

  get glance(): readonly [number, number] {
    return this.where;
  }

  private between([least, most]: readonly [number, number]): number {
    return least + this.random() * (most - least);
  }
}
