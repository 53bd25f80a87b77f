package dev.vitrine.index.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Merges as Lucene does while changes come, and further when a pause allows it (a forced merge).
 *
 * <p>A search looks every term up in every segment, which for a catalogue of some ten thousand
 * products is a good part of its work. Lucene leaves up to eight small segments alone, because
 * while changes come they would be merged again and again. In a pause, all segments up to the
 * largest that is no more than {@value #GROWTH} times as large as the smaller ones together become
 * one: few are left, and what is written for that stays in proportion to what has changed.
 */
final class PauseMergePolicy extends FilterMergePolicy {

    private static final int GROWTH = 8;

    private final AtomicInteger forced = new AtomicInteger();

    PauseMergePolicy() {
        super(new TieredMergePolicy());
    }

    /** How many forced merges have been begun. */
    int forced() {
        return forced.get();
    }

    @Override
    public @Nullable MergeSpecification findForcedMerges(
            SegmentInfos infos,
            int segmentsMax,
            Map<SegmentCommitInfo, Boolean> segmentsToMerge,
            MergePolicy.MergeContext context)
            throws IOException {
        Set<SegmentCommitInfo> merging = context.getMergingSegments();
        List<Sized> segments = new ArrayList<>();
        for (SegmentCommitInfo info : infos) {
            if (segmentsToMerge.containsKey(info) && !merging.contains(info)) {
                int documents = info.info.maxDoc() - context.numDeletesToMerge(info);
                segments.add(new Sized(info, documents));
            }
        }
        segments.sort(Comparator.comparingInt(Sized::documents));
        int count = 0;
        long smaller = 0;
        for (int i = 0; i < segments.size(); i++) {
            int documents = segments.get(i).documents();
            if (i > 0 && documents <= GROWTH * smaller) {
                count = i + 1;
            }
            smaller += documents;
        }
        if (count == 0) {
            return null;
        }
        forced.incrementAndGet();
        MergeSpecification merges = new MergeSpecification();
        merges.add(new OneMerge(segments.subList(0, count).stream().map(Sized::info).toList()));
        return merges;
    }

    private record Sized(SegmentCommitInfo info, int documents) {}
}
