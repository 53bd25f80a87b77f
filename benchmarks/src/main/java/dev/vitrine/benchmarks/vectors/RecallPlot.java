package dev.vitrine.benchmarks.vectors;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Recall against queries a second, one line an index, as a picture. */
public final class RecallPlot {

    private static final int WIDTH = 1_200;
    private static final int HEIGHT = 800;
    private static final double RECALL_FROM = .88;

    private RecallPlot() {}

    /** Writes a PNG file; needs no display. */
    public static void write(List<Measured> points, String title, Path file) throws IOException {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle("recall@10")
                        .yAxisTitle("queries a second (logarithmic)")
                        .build();
        chart.getStyler().setXAxisMin(RECALL_FROM).setXAxisMax(1.0);
        chart.getStyler().setYAxisLogarithmic(true).setYAxisDecimalPattern("#,###");
        chart.getStyler().setXAxisDecimalPattern("0.00");
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        double slowest = Double.MAX_VALUE;
        double fastest = 1;
        for (Map.Entry<String, List<Measured>> index : Ratio.byIndex(points).entrySet()) {
            List<Curve.Point> line =
                    new Curve(
                                    index.getValue().stream()
                                            .map(point ->
                                                    new Curve.Point(
                                                            point.recall10(), point.medianRate()))
                                            .toList())
                            .frontier().stream()
                                    .filter(point -> point.recall() >= RECALL_FROM)
                                    .toList();
            if (!line.isEmpty()) {
                slowest = Math.min(slowest, line.getFirst().rate());
                fastest = Math.max(fastest, line.getLast().rate());
                chart.addSeries(
                                index.getKey(),
                                line.stream().mapToDouble(Curve.Point::recall).toArray(),
                                line.stream().mapToDouble(Curve.Point::rate).toArray())
                        .setMarker(SeriesMarkers.CIRCLE);
            }
        }
        // Whole powers of ten, as only they are labelled.
        chart.getStyler()
                .setYAxisMin(Math.pow(10, Math.floor(Math.log10(slowest))))
                .setYAxisMax(Math.pow(10, Math.ceil(Math.log10(fastest))));
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }
}
