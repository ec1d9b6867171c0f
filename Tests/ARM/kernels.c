// Runs all kernels on signals that follow from a seed, and writes what comes out: `kernels FOLDER`, a file for each.
// Built for two processors, it must write the same twice; see compare.py.

#include "CTelephonyKernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECONDS = 4, RATE = 8000, COUNT = SECONDS * RATE };

static uint64_t state = 1;

// SplitMix64.
static uint64_t next(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}

// -1...1
static float noise(void) { return (float)(int32_t)(next() >> 32) * 0x1p-31f; }

static void fill(float *values, size_t count, float scale) {
    for (size_t i = 0; i < count; i++) values[i] = scale * noise();
}

static void *room(size_t size) {
    void *memory = calloc(1, size);
    if (!memory) abort();
    return memory;
}

static const char *folder;

static void save(const char *name, const void *values, size_t size) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(values, 1, size, file) != size || fclose(file)) exit(1);
}

// A voice that comes and goes: 120 Hz with overtones, four syllables a second, over noise.
static int16_t *voice(void) {
    int16_t *samples = room(COUNT * sizeof *samples);
    for (int i = 0; i < COUNT; i++) {
        const double time = (double)i / RATE, loudness = fmax(0, sin(2 * M_PI * 4 * time)) * (i / RATE % 2);
        double sum = 0;
        for (int overtone = 1; overtone < 20; overtone++) sum += sin(2 * M_PI * 120 * overtone * time) / overtone;
        samples[i] = (int16_t)(5000 * loudness * sum + 100 * noise());
    }
    samples[77] = INT16_MIN;
    return samples;
}

static void levels(const int16_t *samples) {
    static const size_t sizes[] = {1, 7, 40, 160, 161, 8000};
    uint16_t *result = room(7 * COUNT * sizeof *result);
    uint32_t sums[200];
    size_t count = 0;
    for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) {
        tk_levels(samples, sizes[n], COUNT / sizes[n], result + count);
        count += COUNT / sizes[n];
    }
    for (size_t n = 0; n < 200; n++) sums[n] = tk_sum_magnitudes(samples + n, n * n / 2);
    save("levels.u16", result, count * sizeof *result);
    save("sums.u32", sums, sizeof sums);
    free(result);
}

static void quantize(void) {
    enum { LENGTH = 10007 };
    static float input[LENGTH];
    static int16_t output[LENGTH];
    fill(input, LENGTH, 1.2f);
    for (int i = 0; i < 64; i++) input[100 * i] = (float)(2 * i - 63) * 0x1p-16f;
    input[5] = NAN;
    input[6] = INFINITY;
    input[7] = -INFINITY;
    const tk_quantized counts = tk_quantize(input, LENGTH, output);
    const uint64_t both[2] = {counts.clamped, counts.not_numbers};
    save("quantized.u16", output, sizeof output);
    save("counts.u64", both, sizeof both);
}

// 44.1, 16 and 11.025 kHz to 8 kHz.
static void polyphase(void) {
    static const uint32_t rates[][2] = {{80, 441}, {1, 2}, {320, 441}};
    for (int n = 0; n < 3; n++) {
        const size_t taps = 256, phases = rates[n][0], step = rates[n][1], blocks = 3;
        const size_t count = blocks * TK_LANES * phases, inputs = blocks * TK_LANES * step + taps;
        float *rows = room(phases * taps * sizeof *rows), *input = room(inputs * sizeof *input);
        float *output = room(count * sizeof *output);
        int16_t *samples = room(count * sizeof *samples);
        fill(rows, phases * taps, 0.05f);
        fill(input, inputs, 1);
        const tk_polyphase filter = {rows, taps, (uint32_t)phases, (uint32_t)step};
        tk_polyphase_run(&filter, input, blocks, output);
        tk_quantize(output, count, samples);
        char name[32];
        snprintf(name, sizeof name, "resampled-%d.i16", n);
        save(name, samples, count * sizeof *samples);
        float dots[16];
        for (int i = 0; i < 16; i++) dots[i] = tk_dot(rows + i * taps, input, taps);
        snprintf(name, sizeof name, "dots-%d.f32", n);
        save(name, dots, sizeof dots);
        free(rows), free(input), free(output), free(samples);
    }
}

static void mean(const int16_t *samples) {
    float *result = room(COUNT / 2 * sizeof *result);
    tk_mean_of_two(samples, COUNT / 2, result);
    save("means.f32", result, COUNT / 2 * sizeof *result);
    free(result);
}

static void mpeg(void) {
    enum { SLOTS = TK_MPEG_SLOTS, BANDS = TK_MPEG_BANDS, GRANULES = 8 };
    static float lines[SLOTS * BANDS], slots[SLOTS * BANDS], overlap[SLOTS * BANDS], matrix[2 * SLOTS * SLOTS];
    static float cosines[2 * 64 * BANDS], window[512], history[64 * (TK_MPEG_OLD_SLOTS + SLOTS)];
    static float output[GRANULES * SLOTS * BANDS];
    static int16_t samples[GRANULES * SLOTS * BANDS];
    fill(matrix, 2 * SLOTS * SLOTS, 0.3f);
    fill(cosines, 2 * 64 * BANDS, 0.3f);
    fill(window, 512, 0.2f);
    for (size_t granule = 0; granule < GRANULES; granule++) {
        fill(lines, SLOTS * BANDS, 0.2f);
        memcpy(slots, overlap, sizeof slots);
        memset(overlap, 0, sizeof overlap);
        tk_mpeg_imdct(lines, granule % 2 ? 8 : BANDS, matrix, slots, overlap);
        tk_mpeg_synthesize(slots, BANDS, cosines, window, history, output + granule * SLOTS * BANDS);
    }
    tk_quantize(output, GRANULES * SLOTS * BANDS, samples);
    save("mpeg.i16", samples, sizeof samples);
}

static void talk(const int16_t *samples) {
    static tk_talk_weights weights;
    static tk_talk_state memory;
    static float probabilities[2 * COUNT / 160];
    fill((float *)&weights, sizeof weights / sizeof(float), 0.1f);
    size_t hops = 0;
    for (size_t end = 256; end <= COUNT; end += 160) {
        tk_talk_hop(&weights, &memory, samples + end - 256, probabilities + 2 * hops++);
    }
    save("probabilities.f32", probabilities, 2 * hops * sizeof(float));
}

int main(int count, char **arguments) {
    if (count < 2) return 64;
    folder = arguments[1];
    tk_use_baseline(count > 2);
    int16_t *samples = voice();
    levels(samples);
    quantize();
    polyphase();
    mean(samples);
    mpeg();
    talk(samples);
    free(samples);
    return 0;
}
