import { accountStrings } from "../strings/account";
import { Field } from "./Field";

interface CodeFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Whether the form was sent, so that a code that is not complete is a fault. */
  readonly checked: boolean;
}

/** The field for the six digits of an authenticator app or a mail. */
export function CodeField({ checked, ...field }: CodeFieldProps) {
  const fault = checked && readSixDigits(field.value) === null ? accountStrings.secondFactor.codeMissing : null;
  return <Field {...field} type="text" autocomplete="one-time-code" inputMode="numeric" fault={fault} />;
}

/** The six digits without their spaces; null where there are not six. */
export function readSixDigits(typed: string): string | null {
  const digits = typed.replace(/\s/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}
