// @ts-check
/**
 * Holds the state; draws at most once a frame.
 * @template S, E
 */
export class Store {
  /**
   * @param {S} state
   * @param {(state: S, event: E) => S} reduce
   * @param {(state: S) => void} draw
   */
  constructor(state, reduce, draw) {
    this.state = state;
    this.reduce = reduce;
    this.draw = draw;
    this.due = false;
  }

  /** @param {E} event */
  dispatch(event) {
    this.state = this.reduce(this.state, event);
    this.redraw();
  }

  /** Draw at the next frame, though nothing may have changed but the time. */
  redraw() {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => this.flush());
  }

  /** Draw now what is due. */
  flush() {
    if (!this.due) return;
    this.due = false;
    this.draw(this.state);
  }
}
