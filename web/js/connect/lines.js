// @ts-check
/** The lines of a snippet, without those that do not apply. Pure. @param {...(string | false)} all */
export const lines = (...all) => all.filter((line) => line !== false).join("\n");
