/** The forms in which settings are copied: the command on the wire, a call in Swift, the command line. */
import { copyButton } from "studio/copy.js";
import { complain, notify } from "studio/notice.js";

const forms = [
  ["JSON", "wire", "The command on the wire"], ["Swift", "swift", "A call in Swift"],
  ["Command line", "command_line", "rtmedia detect with these settings"],
];

/**
 * A button for each form.
 *
 * @param {import("studio/settings.js").Catalogue} catalogue
 * @param {() => {values: import("studio/fragment.js").Settings, result: any|null}} look what is copied, and what was detected with it
 */
export function settingCopies(catalogue, look) {
  return forms.map(([name, key, title]) => copyButton(name, () => {
    const { values, result } = look();
    const form = result?.[key];
    if (!form) {
      complain("There is nothing to copy yet: choose a recording first.");
      return null;
    }
    const text = typeof form === "string" ? form : JSON.stringify(form);
    if (key === "wire") tellLeftOut(text, catalogue.request(values));
    return text;
  }, { title, data: { form: key } }));
}

/** Says which settings the platform has no parameters for. */
function tellLeftOut(text, { command, ...settings }) {
  const names = Object.keys(settings).filter((name) => !text.includes(`"${name}":`));
  if (names.length > 0) notify(`${command} has no parameter ${names.join(" and no ")}: the JSON leaves that out.`);
}
