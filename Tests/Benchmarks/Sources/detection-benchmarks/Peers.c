// What detection is measured beside, compiled by gcc -O3 -march=native: see Peers.swift.

#include <stdint.h>
#include <stdlib.h>

// The magnitudes of all samples, summed: what no level meter can beat. gcc makes the best vector code of it.
int64_t peer_sum(const int16_t *samples, long count) {
    int64_t sum = 0;
    for (long i = 0; i + 8000 <= count; i += 8000) {
        int32_t part = 0;
        for (long j = 0; j < 8000; j++) part += abs(samples[i + j]);
        sum += part;
    }
    return sum;
}

// The mean magnitude of each frame, in plain C.
int64_t peer_levels(const int16_t *samples, long count, int size, uint16_t *levels) {
    for (long i = 0; i + size <= count; i += size) {
        int32_t sum = 0;
        for (int j = 0; j < size; j++) sum += abs(samples[i + j]);
        *levels++ = (uint16_t)(sum / size);
    }
    return levels[-1];
}

// The talk detector of the asterisk rules on frames of 20 ms, in plain C; counts the tokens that qualify.
int64_t peer_asterisk(const int16_t *samples, long count, int threshold, int minimum, int maximum, int silence_limit) {
    int64_t found = 0;
    int time = 0, token = -1, silence = 0;
    for (long i = 0; i + 160 <= count; i += 160) {
        int32_t sum = 0;
        for (int j = 0; j < 160; j++) sum += abs(samples[i + j]);
        time += 20;
        silence = sum / 160 < threshold ? silence + 20 : 0;
        if (silence > silence_limit) {
            if (token >= 0) {
                const int length = time - token - silence_limit;
                if (length > minimum && length < maximum) found++;
                token = -1;
            }
        } else if (token < 0) {
            token = time;
        }
    }
    return found;
}

// The talk detector of the documented rules on hops of 5 ms, in plain C; counts the periods that qualify.
int64_t peer_documented(const int16_t *samples, long count, int threshold, int minimum, int maximum, int silence_wanted) {
    int64_t found = 0;
    long start = -1, end = 0;
    for (long i = 0; i + 40 <= count; i += 40) {
        int32_t sum = 0;
        for (int j = 0; j < 40; j++) sum += abs(samples[i + j]);
        if (sum / 40 >= threshold) {
            if (start < 0) start = i;
            end = i + 40;
        } else if (start >= 0 && i + 40 - end >= silence_wanted * 8) {
            const long length = (end - start) / 8;
            if (length > minimum && length < maximum) found++;
            start = -1;
        }
    }
    return found;
}
