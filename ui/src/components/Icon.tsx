// Line icons on a 24 px grid, drawn here; they inherit colour and never carry meaning alone.

const paths = {
  check: "M5 12.5l4.5 4.5L19 7.5",
  plus: "M12 5v14M5 12h14",
  pencil: "M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19l-4 1zM14 7l3 3",
  bin: "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 11v5M14 11v5",
  chat: "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 9.5h8M8 13h5",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4.5 12L20 4.5 15.5 20l-3.6-6.4zM11.9 13.6L20 4.5",
  stop: "M7 7h10v10H7z",
  leaf: "M5 19c0-8 4-13 14-14 0 9-4 14-11 13M5 20c1-4 4-7 8-9",
  warning: "M12 4.5l8.5 15h-17zM12 10v4.5M12 17.2v.1",
  wait: "M12 7v5l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
