/** Where two tables lie side by side; their names come with the link. */

export interface Side {
  artifact: string;
  name: string;
}

export const comparePath = (old: Side, other: Side): string =>
  `/tables/${old.artifact}/${other.artifact}?${new URLSearchParams({ old: old.name, new: other.name }).toString()}`;
