/** 0.1234 → "12 %", 0.0421 → "4.2 %", 0.00001 → "< 0.1 %" */
export function shareText(part: number): string {
  const value = part * 100;
  if (value > 0 && value < 0.1) return "< 0.1 %";
  return `${value.toFixed(value > 0 && value < 10 ? 1 : 0)} %`;
}
