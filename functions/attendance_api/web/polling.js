// Ask again every few seconds while the page is looked at.

import { Refusal } from "./api.js";
import { say, warn } from "./dom.js";

export class Poll {
  #timer;
  #round = 0;

  constructor(seconds, work) {
    this.milliseconds = seconds * 1000;
    this.work = work;
    this.onVisible = () => document.hidden || this.now();
    document.addEventListener("visibilitychange", this.onVisible);
  }

  // The newest round wins: an answer that was overtaken by another is thrown away.
  async now() {
    clearTimeout(this.#timer);
    const round = ++this.#round;
    const isCurrent = () => round === this.#round;
    try {
      await this.work(isCurrent);
      if (!isCurrent()) return;
      warn(null);
      say(`Up to date at ${new Date().toLocaleTimeString()}`);
    } catch (error) {
      if (!isCurrent() || (error instanceof Refusal && error.isEnd)) return;
      warn(error instanceof Refusal ? error.message : "No connection; trying again.");
    }
    if (isCurrent() && !document.hidden) {
      this.#timer = setTimeout(() => this.now(), this.milliseconds);
    }
  }

  stop() {
    this.#round += 1;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.onVisible);
  }
}
