// From our small description of a chart to ECharts options; pure, so that it is tested without a browser.

const INK = "#1c241f";
const MUTED = "#55605a";
const LINE = "#d8d3c6";
// Told apart by lightness as well as hue; the target is always the dashed ink line.
const SERIES = ["#14573d", "#c98a00", "#4a6fa5", "#8b3a62", "#6b7280"];

/** 1234.5 → "1.234,5", at most two decimals. */
export function written(value) {
  if (value === null || value === undefined) return "chưa có số liệu";
  const [whole, part] = String(Math.round(Math.abs(value) * 100) / 100).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return (value < 0 ? "-" : "") + grouped + (part ? `,${part}` : "");
}

function seriesOf(one, index, described) {
  return {
    type: described.kind === "bar" ? "bar" : "line",
    name: one.name,
    data: one.values,
    color: SERIES[index % SERIES.length],
    symbolSize: 6,
    barMaxWidth: 28,
    markLine:
      index === 0 && described.target !== undefined && described.target !== null
        ? {
            symbol: "none",
            silent: true,
            label: { formatter: `${described.target_label} ${written(described.target)}${described.measure}`, position: "insideStartBottom", color: INK },
            lineStyle: { color: INK, type: "dashed" },
            data: [{ yAxis: described.target }],
          }
        : undefined,
  };
}

/**
 * @param {{kind: "line"|"bar", title: string, measure: string, labels: string[],
 *          series: {name: string, values: (number|null)[]}[], target?: number, target_label?: string}} described
 */
export function optionsOf(described) {
  const text = { fontFamily: "Noto Sans, Segoe UI, Arial, sans-serif", color: INK };
  return {
    animation: false,
    textStyle: text,
    aria: { enabled: true, label: { description: described.title } },
    tooltip: { trigger: "axis", valueFormatter: (value) => `${written(value)}${described.measure}`, renderMode: "richText" },
    legend: described.series.length > 1 ? { bottom: 0, textStyle: text } : undefined,
    grid: { left: 8, right: 16, top: 24, bottom: described.series.length > 1 ? 32 : 8, containLabel: true },
    xAxis: {
      type: "category",
      data: described.labels,
      axisLine: { lineStyle: { color: MUTED } },
      axisLabel: { color: MUTED },
    },
    yAxis: {
      type: "value",
      axisLabel: { color: MUTED, formatter: (value) => `${written(value)}${described.measure}` },
      splitLine: { lineStyle: { color: LINE } },
    },
    series: described.series.map((one, index) => seriesOf(one, index, described)),
  };
}
