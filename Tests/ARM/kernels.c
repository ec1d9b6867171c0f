// Runs the kernels on made signals, and writes what comes out, a line each: a name, how it is compared, and the values.
#include "CTelephonyKernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Numbers that are the same on every processor: of integers alone.
static uint32_t state = 1;
static uint32_t next(void) { return (state = state * 1664525u + 1013904223u) >> 8; }
static float number(void) { return (float)((int32_t)(next() & 0xFFFF) - 0x8000) * 0x1p-15f; }

static void fill(float *values, size_t count, float scale) {
    for (size_t i = 0; i < count; i++) values[i] = number() * scale;
}

static void fill_samples(int16_t *samples, size_t count) {
    // Loud and quiet parts, and both ends of the range.
    for (size_t i = 0; i < count; i++) {
        const int32_t sample = (int32_t)(next() & 0xFFFF) - 0x8000;
        samples[i] = (int16_t)(i / 500 % 3 == 0 ? sample : i / 500 % 3 == 1 ? sample / 64 : sample < 0 ? -32768 : 32767);
    }
}

static void print_integers(const char *name, const char *kind, const int16_t *values, size_t count) {
    printf("%s %s", name, kind);
    for (size_t i = 0; i < count; i++) printf(" %d", values[i]);
    printf("\n");
}

// A sound as it is written into a file: rounded to 16 bits.
static void print_sound(const char *name, const float *sound, size_t count) {
    int16_t *samples = malloc(count * sizeof *samples);
    const tk_quantized changed = tk_quantize(sound, count, samples);
    print_integers(name, "step", samples, count);
    printf("%s-changed exact %zu %zu\n", name, changed.clamped, changed.not_numbers);
    free(samples);
}

static void print_numbers(const char *name, const float *values, size_t count) {
    printf("%s near", name);
    for (size_t i = 0; i < count; i++) printf(" %.9g", values[i]);
    printf("\n");
}

static void levels(void) {
    static int16_t samples[40000];
    fill_samples(samples, 40000);
    const size_t sizes[] = {1, 7, 8, 40, 80, 160, 161, 200, 8000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint16_t *found = calloc(40000 / sizes[i], sizeof *found);
        // Frames may be followed by what is asked for ahead of them.
        const size_t frames = (40000 - 2100) / sizes[i];
        tk_levels(samples, sizes[i], frames, found);
        printf("levels-%zu exact", sizes[i]);
        for (size_t frame = 0; frame < frames; frame++) printf(" %u", found[frame]);
        printf("\n");
        free(found);
    }
    for (size_t count = 0; count < 70; count++) {
        printf("sum-%zu exact %u\n", count, tk_sum_magnitudes(samples + count, count));
    }
    printf("sum-all exact %u\n", tk_sum_magnitudes(samples, 40000));
}

static void samples(void) {
    static int16_t pairs[4001];
    static float sound[4000];
    fill_samples(pairs, 4001);
    tk_mean_of_two(pairs, 2000, sound);
    print_sound("mean", sound, 2000);
    tk_floats((const char *)pairs + 1, 4000, sound);
    print_sound("floats", sound, 4000);
    fill(sound, 4000, 1.2f);
    const uint32_t odd[] = {0x7F800000, 0xFF800000, 0x7FC00000, 0x7149F2CA, 0xF149F2CA, 0x7149F2C9};
    for (size_t i = 0; i < 6; i++) memcpy(&sound[37 * i], &odd[i], 4);
    for (size_t i = 0; i < 2000; i++) sound[2000 + i] = ((float)(int32_t)(i - 1000) + 0.5f) * 0x1p-15f;
    print_sound("rounding", sound, 4000);
    printf("silenced exact %zu\n", tk_silence_unbearable(sound, 4000));
    print_sound("silenced", sound, 4000);
}

static void polyphase(uint32_t phases, uint32_t step, size_t taps) {
    float *rows = malloc((phases + 1) * taps * sizeof *rows), *input = malloc(200000 * sizeof *input);
    fill(rows, (phases + 1) * taps, 2.0f / (float)taps);
    fill(input, 200000, 1);
    const size_t blocks = 100000 / (TK_LANES * step) + 1, count = blocks * TK_LANES * phases;
    float *output = malloc(count * sizeof *output);
    const tk_polyphase filter = {rows, taps, phases, step};
    tk_polyphase_run(&filter, input, blocks, output);
    char name[40];
    snprintf(name, sizeof name, "polyphase-%u-%u", phases, step);
    print_sound(name, output, count < 20000 ? count : 20000);
    output[0] = tk_dot(rows, input, taps);
    print_numbers("dot", output, 1);
    free(rows), free(input), free(output);
}

static void mpeg(size_t bands) {
    static float lines[TK_MPEG_SLOTS * TK_MPEG_BANDS], matrix[36 * 18], slots[TK_MPEG_SLOTS * TK_MPEG_BANDS],
        overlap[TK_MPEG_SLOTS * TK_MPEG_BANDS], cosines[2 * 64 * TK_MPEG_BANDS], window[512], history[64 * (15 + 18)],
        output[32 * TK_MPEG_SLOTS];
    fill(lines, sizeof lines / 4, 0.2f), fill(matrix, sizeof matrix / 4, 0.2f), fill(slots, sizeof slots / 4, 0.2f);
    fill(overlap, sizeof overlap / 4, 0.2f), fill(cosines, sizeof cosines / 4, 0.2f), fill(window, sizeof window / 4, 0.2f);
    memset(history, 0, sizeof history);
    for (size_t granule = 0; granule < 4; granule++) {
        tk_mpeg_imdct(lines, bands, matrix, slots, overlap);
        tk_mpeg_synthesize(slots, bands, cosines, window, history, output);
        print_sound("mpeg", output, sizeof output / 4);
    }
}

static void talk(void) {
    static tk_talk_weights weights;
    static tk_talk_state talk;
    static int16_t samples[160 * 500 + 256];
    float *all = (float *)&weights, probabilities[1000];
    fill(all, sizeof weights / sizeof(float), 0.2f);
    fill_samples(samples, sizeof samples / sizeof *samples);
    for (size_t hop = 0; hop < 500; hop++) tk_talk_hop(&weights, &talk, samples + 160 * hop, probabilities + 2 * hop);
    print_numbers("talk", probabilities, 1000);
    printf("talk-verdicts exact");
    for (size_t i = 0; i < 1000; i++) printf(" %d", probabilities[i] >= 0.5f);
    printf("\n");
}

static void tones(void) {
    static tk_tone_table table;
    static int16_t samples[40 * 500 + TK_TONE_WINDOW];
    static tk_tone_spectrum spectra[500];
    // Weights as small as they are, so that what is compared is of the size of samples.
    fill((float *)&table, sizeof table / sizeof(float), 0.01f);
    fill_samples(samples, sizeof samples / sizeof *samples);
    for (size_t hop = 0; hop < 500; hop++) {
        tk_tones(&table, samples + 40 * hop, spectra + hop);
        // A part of full scale, as its accuracy is.
        for (size_t i = 0; i < 17; i++) ((float *)(spectra + hop))[i] /= i < 16 ? 32768 : 1073741824;
    }
    print_numbers("tones", (const float *)spectra, 500 * 17);
}

int main(int count, char **words) {
    tk_use_baseline(count > 1 && strcmp(words[1], "baseline") == 0);
    levels();
    samples();
    polyphase(80, 441, 320), polyphase(1, 6, 256), polyphase(8, 11, 128);
    mpeg(8), mpeg(16), mpeg(32);
    talk();
    tones();
    return 0;
}
