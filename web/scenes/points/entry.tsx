// An entry of a legend: a mark as the figure draws it, and what it means.
import type { ComponentChildren } from 'preact';
import './points.css';

export const Entry = ({ name, draw, children }: { name: string; draw: ComponentChildren; children: ComponentChildren }) => (
  <li>
    <svg class="key" data-key={name} width={26} height={14} aria-hidden="true">
      {draw}
    </svg>
    <span>{children}</span>
  </li>
);

export const CleanPoint = ({ children }: { children: ComponentChildren }) => (
  <Entry name="points" draw={<g class="key-point"><circle class="dot" cx={13} cy={7} r={5} /></g>}>
    {children}
  </Entry>
);
