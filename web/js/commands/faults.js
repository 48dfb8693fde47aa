// @ts-check
/** What one can do to fault rules by keys: a part of the table of commands. */

/** @import { Command } from "../commands.js" */
/** @import { State } from "../state.js" */

/** @type {(state: State) => boolean} */
const onFaults = ({ app }) => app.route.view === "faults";

/** @type {(state: State) => boolean} */
const onRule = (state) => onFaults(state) && state.faults.active !== null;

/** @type {Command[]} */
export const FAULT_COMMANDS = [
  { id: "fault-new", title: "New rule", group: "Faults", keys: ["n"], when: onFaults, run: (page) => page.faults.begin() },
  { id: "fault-switch", title: "Switch the rule on or off", group: "Faults", keys: ["x"], when: onRule, run: (page) => page.faults.enable(page.faults.active) },
  { id: "fault-earlier", title: "Ask the rule earlier", group: "Faults", keys: ["Shift+ArrowUp", "Shift+K"], when: onRule, run: ({ faults }) => faults.move(faults.active, (faults.active?.place ?? 0) - 1) },
  { id: "fault-later", title: "Ask the rule later", group: "Faults", keys: ["Shift+ArrowDown", "Shift+J"], when: onRule, run: ({ faults }) => faults.move(faults.active, (faults.active?.place ?? 0) + 1) },
  { id: "fault-duplicate", title: "Duplicate the rule", group: "Faults", keys: ["d"], when: onRule, run: (page) => page.faults.duplicate(page.faults.active) },
  { id: "fault-delete", title: "Delete the rule", group: "Faults", keys: ["#", "Delete"], when: onRule, run: (page) => page.faults.remove(page.faults.active) },
  { id: "fault-reset", title: "Reset the counters", group: "Faults", keys: ["0"], when: onFaults, run: (page) => page.faults.reset() },
  { id: "fault-pause", title: "Pause or resume all fault rules", group: "Faults", keys: ["Shift+P"], when: ({ app }) => app.faults.faults.length > 0, run: (page) => page.faults.pause(!page.state.app.faults.paused) },
];
