// @ts-check
/**
 * The event stream. While the page is hidden it is closed, since a browser has few connections for
 * one server; it goes on where it stopped, and where that is too long ago the server says "gap".
 */

const KINDS = ["message.added", "messages.updated", "messages.deleted", "messages.cleared", "gap"];
const RETRY = 3000;

export class Live {
  /**
   * @param {number} since the seq after which to begin
   * @param {(kind: string, data: any) => void} tell
   * @param {(on: boolean) => void} connected
   */
  constructor(since, tell, connected) {
    this.since = since;
    this.tell = tell;
    this.connected = connected;
    /** @type {EventSource | null} */
    this.source = null;
    document.addEventListener("visibilitychange", () => this.adapt());
    this.adapt();
  }

  /** Open or closed, as the page is seen or not. */
  adapt() {
    if (document.hidden) this.close();
    else if (!this.source) this.open();
  }

  open() {
    const source = new EventSource(`/api/stream?since=${this.since}`);
    source.onopen = () => this.connected(true);
    source.onerror = () => this.lost(source);
    for (const kind of KINDS) source.addEventListener(kind, (event) => this.take(event));
    this.source = source;
  }

  /** @param {MessageEvent} event */
  take(event) {
    this.since = Number(event.lastEventId);
    this.tell(event.type, JSON.parse(event.data));
  }

  /** The browser tries again by itself, except where the server refused. @param {EventSource} source */
  lost(source) {
    this.connected(false);
    if (source.readyState !== EventSource.CLOSED) return;
    this.source = null;
    setTimeout(() => this.adapt(), RETRY);
  }

  close() {
    this.source?.close();
    this.source = null;
  }
}
