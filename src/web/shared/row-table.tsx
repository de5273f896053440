// The plain list of the office's pages: one row a thing, fifty a page, wide ones scroll or wrap, an empty one says what is not there.
import { Table } from "antd";
import type { TableProps } from "antd";
import type { ReactNode } from "react";
import { Nothing } from "./state-views.tsx";

type RowTableProps<Row> = {
  readonly rows: readonly Row[];
  readonly columns: NonNullable<TableProps<Row>["columns"]>;
  /** What is said when there is no row. */
  readonly empty: ReactNode;
  /** Absent: the row's `id`. */
  readonly rowKey?: TableProps<Row>["rowKey"];
  readonly pageSize?: number;
  /** Long texts wrap within the page instead of making the table scroll. */
  readonly wraps?: boolean;
  /** Rows that may be ticked, for what is done to many at once. */
  readonly selection?: NonNullable<TableProps<Row>["rowSelection"]>;
};

/** Who has no mouse scrolls a wide table with the arrow keys; antd leaves its scrolling part out of the order of Tab. */
const reachable = (table: { readonly nativeElement: HTMLElement } | null): void => table?.nativeElement.querySelector(".ant-table-content")?.setAttribute("tabindex", "0");

export function RowTable<Row extends object>({ rows, empty, rowKey = "id", pageSize = 50, wraps = false, selection, columns }: RowTableProps<Row>): ReactNode {
  return (
    <Table<Row>
      ref={wraps ? undefined : reachable}
      size="small"
      rowKey={rowKey}
      dataSource={[...rows]}
      pagination={{ pageSize, hideOnSinglePage: true, showSizeChanger: false }}
      {...(wraps ? {} : { scroll: { x: "max-content" } })}
      locale={{ emptyText: typeof empty === "string" ? <Nothing text={empty} /> : empty }}
      {...(selection && { rowSelection: selection })}
      columns={columns}
    />
  );
}
