// Title line of a page: heading, whatever belongs beside it, and the browser's title.
import { useEffect } from "react";
import type { ReactNode } from "react";

export function PageHead({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  useEffect(() => {
    document.title = `${title} · 清册`;
  }, [title]);
  return (
    <div className="page-head">
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </div>
  );
}
