// Charts, only on pages that show one. Every chart has its figures in a table beside it (data-chart-table).
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { optionsOf } from "./chart/options.js";

echarts.use([
  AriaComponent,
  BarChart,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  SVGRenderer,
  TooltipComponent,
]);

/** <div class="chart" data-chart="id-of-json">: the description of the chart stands in a JSON script (docs/design-language.md). */
function draw(place) {
  const described = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const chart = echarts.init(place, null, { renderer: "svg" });
  chart.setOption(optionsOf(described));
  addEventListener("resize", () => chart.resize());
  addEventListener("beforeprint", () => chart.resize());
}

document.querySelectorAll("[data-chart]").forEach(draw);
