import { addressOf } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { Button } from '../../ui/Button.tsx';
import { Menu, MenuCheck, MenuDownload, MenuGroup, MenuNote } from '../../ui/Menu.tsx';
import { allColumns, type Column, columnNames } from './columns.ts';
import { type HistoryView, queryOf } from './filters.ts';

/** Which columns there are, and whether repeats are one row. */
export function ColumnsMenu({
  columns,
  onColumns,
  isGrouped,
  onGrouped,
}: {
  columns: readonly Column[];
  onColumns: (columns: Column[]) => void;
  isGrouped: boolean;
  onGrouped: (isGrouped: boolean) => void;
}) {
  return (
    <Menu align="end" trigger={<Button icon="columns">Columns</Button>}>
      <MenuGroup name="Columns">
        {allColumns.map((column) => (
          <MenuCheck
            key={column}
            isOn={columns.includes(column)}
            onChange={(isOn) =>
              onColumns(allColumns.filter((other) => (other === column ? isOn : columns.includes(other))))
            }
          >
            {columnNames[column]}
          </MenuCheck>
        ))}
      </MenuGroup>
      <MenuGroup name="Rows">
        <MenuCheck isOn={isGrouped} onChange={onGrouped}>
          Repeats within 10 m as one row
        </MenuCheck>
      </MenuGroup>
    </Menu>
  );
}

/** What the filters give, as a file that the server makes. */
export function ExportMenu({ view }: { view: HistoryView }) {
  const href = (format: 'csv' | 'jsonl') =>
    addressOf('/api/v1/attempts/export', {}, { ...queryOf(view, serverNow()), format });
  return (
    <Menu align="end" trigger={<Button icon="download">Export</Button>}>
      <MenuDownload href={href('csv')} note="For a spreadsheet">
        CSV
      </MenuDownload>
      <MenuDownload href={href('jsonl')} note="For a program">
        JSON lines
      </MenuDownload>
      <MenuNote>All attempts that the filters give. Secrets are hidden.</MenuNote>
    </Menu>
  );
}
