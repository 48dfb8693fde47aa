// @ts-check
/** On a phone a finger that draws the message to the right goes back to the list. */

/** @import { Page } from "../page.js" */

/** Pixels to the right that are meant so, and up or down at most; milliseconds that it may take. */
const FAR = 80;
const STRAIGHT = 40;
const QUICK = 500;

/** @param {Page} page */
export function watchSwipes(page) {
  /** @type {{ x: number, y: number, at: number } | null} */
  let from = null;
  addEventListener("touchstart", ({ touches, target, timeStamp }) => {
    const [one] = touches;
    const inside = target instanceof Element && target.closest(".detail") !== null && !slides(target);
    from = one && touches.length === 1 && inside ? { x: one.clientX, y: one.clientY, at: timeStamp } : null;
  }, { passive: true });
  addEventListener("touchend", ({ changedTouches: [one], timeStamp }) => {
    if (!from || !one || page.state.app.route.id === null) return;
    const straight = Math.abs(one.clientY - from.y) < STRAIGHT && timeStamp - from.at < QUICK;
    if (straight && one.clientX - from.x > FAR) page.back();
  }, { passive: true });
}

/** Whether something around an element can itself be drawn sideways. @param {Element} target */
function slides(target) {
  for (let one = /** @type {Element | null} */ (target); one && !one.matches(".detail"); one = one.parentElement) {
    if (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "hidden") return true;
  }
  return false;
}
