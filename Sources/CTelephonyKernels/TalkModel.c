#include "CTelephonyKernels.h"
#include "Dispatch.h"
#include "Vectors.h"

#include <math.h>
#include <pthread.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// Functions that take vectors are always inlined, so that no ABI is involved.
#pragma clang diagnostic ignored "-Wpsabi"

// What a hop of the adaptive classifier takes: a spectrum, bands over their noise floors, and a small recurrent network.
// The same arithmetic is in Tests/DetectionCorpus, features.py and train.py.

typedef int32_t int8x32 __attribute__((vector_size(32)));
typedef int16_t short8 __attribute__((vector_size(16)));
typedef int16_t short16 __attribute__((vector_size(32), aligned(2)));
typedef struct {
    float8 re, im;
} complex8;

// The first bin of each band, of 31.25 Hz each, and the first band of each region whose peak is measured.
static const int EDGES[17] = {4, 7, 10, 13, 16, 20, 24, 29, 35, 42, 50, 59, 69, 80, 93, 108, 125};
static const int REGIONS[5] = {0, 4, 9, 13, 16};

typedef struct {
    float hann_even[128], hann_odd[128];
    float cos16[16], sin16[16];
    float turn_re[16][8], turn_im[16][8];
    float real_re[128], real_im[128];
} tk_tables;

static tk_tables tables;

// Runs before the first hop, and in programs that listen to nobody never.
static void make_tables(void) {
    const double circle = 2 * M_PI;
    for (int i = 0; i < 128; i++) {
        tables.hann_even[i] = (float)(0.5 - 0.5 * cos(circle * (2 * i) / 256));
        tables.hann_odd[i] = (float)(0.5 - 0.5 * cos(circle * (2 * i + 1) / 256));
        tables.real_re[i] = (float)cos(circle * i / 256);
        tables.real_im[i] = (float)-sin(circle * i / 256);
    }
    for (int k = 0; k < 16; k++) {
        tables.cos16[k] = (float)cos(circle * k / 16);
        tables.sin16[k] = (float)sin(circle * k / 16);
        for (int c = 0; c < 8; c++) {
            tables.turn_re[k][c] = (float)cos(circle * k * c / 128);
            tables.turn_im[k][c] = (float)-sin(circle * k * c / 128);
        }
    }
}

#define NAME(name) name##_baseline
#include "TalkHop.h"
#undef NAME

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NAME(name) name##_avx2
#include "TalkHop.h"
#undef NAME
#pragma clang attribute pop
#endif

void tk_talk_hop(const tk_talk_weights *weights, tk_talk_state *state, const int16_t *window, float *probabilities) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_tables);
    DISPATCH(hop, &tables, weights, state, window, probabilities);
}
