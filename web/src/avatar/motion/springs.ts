/** Numbers that follow their goals without ever overshooting: critically damped springs. */
export class Springs {
  private readonly speed: Float32Array;

  constructor(readonly now: Float32Array) {
    this.speed = new Float32Array(now.length);
  }

  /** One step; nine tenths of the way take about twice `time`, in seconds. */
  follow(goal: Float32Array, time: number, seconds: number): void {
    const omega = 2 / time;
    const decay = Math.exp(-omega * seconds);
    for (let i = 0; i < this.now.length; i++) {
      const away = (this.now[i] ?? 0) - (goal[i] ?? 0);
      const drive = ((this.speed[i] ?? 0) + omega * away) * seconds;
      this.speed[i] = ((this.speed[i] ?? 0) - omega * drive) * decay;
      this.now[i] = (goal[i] ?? 0) + (away + drive) * decay;
    }
  }
}
