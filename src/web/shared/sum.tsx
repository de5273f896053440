// A figure that stands for itself: its name above, the number (with its base, where it is a rate) below.
import type { ReactNode } from "react";

export function Sum({ label, tone, children }: { readonly label: string; readonly tone?: string; readonly children: ReactNode }): ReactNode {
  return (
    <div style={{ minWidth: 160 }}>
      <div className="quiet">{label}</div>
      <div style={{ fontSize: 22, fontWeight: 600, ...(tone ? { color: tone } : {}) }}>{children}</div>
    </div>
  );
}
