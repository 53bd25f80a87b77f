package dev.vitrine.index.column;

import java.util.Arrays;

/** The first {@code k} of many numbers under an order, found without sorting them all. */
public final class BoundedSelection {

    private final OrdinalComparator order;
    private final int limit;

    // A heap with the last of the selected ones on top.
    private int[] heap = new int[16];
    private int size;

    /**
     * @param limit how many to select, 0 or more
     */
    public BoundedSelection(int limit, OrdinalComparator order) {
        this.limit = limit;
        this.order = order;
    }

    public void offer(int item) {
        if (size < limit) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, Math.min(limit, heap.length * 2));
            }
            heap[size] = item;
            siftUp(size++);
        } else if (limit > 0 && order.compare(item, heap[0]) < 0) {
            heap[0] = item;
            siftDown();
        }
    }

    /** The selected ones in order; ends the selection. */
    public int[] sorted() {
        int[] result = new int[size];
        for (int i = size - 1; i >= 0; i--) {
            result[i] = heap[0];
            heap[0] = heap[--size];
            siftDown();
        }
        return result;
    }

    private void siftUp(int start) {
        int i = start;
        int item = heap[i];
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (order.compare(heap[parent], item) >= 0) {
                break;
            }
            heap[i] = heap[parent];
            i = parent;
        }
        heap[i] = item;
    }

    private void siftDown() {
        int i = 0;
        int item = heap[0];
        int child = 1;
        while (child < size) {
            if (child + 1 < size && order.compare(heap[child + 1], heap[child]) > 0) {
                child++;
            }
            if (order.compare(heap[child], item) <= 0) {
                break;
            }
            heap[i] = heap[child];
            i = child;
            child = 2 * i + 1;
        }
        heap[i] = item;
    }
}
