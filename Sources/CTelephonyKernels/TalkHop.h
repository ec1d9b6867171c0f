// Included by TalkModel.c once for each instruction set; NAME(x) is x with its suffix. Vectors of eight floats, which the
// compiler lowers to one AVX register or to two SSE or NEON registers.

#define LOAD(p) (*(const float8 *)(p))
#define STORE(p, v) (*(float8 *)(p) = (v))
#define SHUFFLE __builtin_shufflevector
#define CHOOSE(mask, a, b) ((float8)(((int8x32)(a) & (mask)) | ((int8x32)(b) & ~(mask))))
#define INLINE static inline __attribute__((always_inline))

INLINE float8 NAME(smaller)(float8 a, float8 b) { return CHOOSE(a < b, a, b); }
INLINE float8 NAME(greater)(float8 a, float8 b) { return CHOOSE(a > b, a, b); }
INLINE float8 NAME(clamp)(float8 v, float low, float high) {
    return NAME(smaller)(NAME(greater)(v, low - (float8){0}), high - (float8){0});
}

INLINE float NAME(sum)(float8 v) {
    v += SHUFFLE(v, v, 4, 5, 6, 7, 0, 1, 2, 3);
    v += SHUFFLE(v, v, 2, 3, 0, 1, 6, 7, 4, 5);
    return v[0] + v[1];
}

// The greatest of p[low]..<p[high], at least eight.
INLINE float NAME(greatest)(const float *p, int low, int high) {
    float8 v = LOAD(p + high - 8);
    for (int i = low; i < high - 8; i += 8) v = NAME(greater)(v, LOAD(p + i));
    v = NAME(greater)(v, SHUFFLE(v, v, 4, 5, 6, 7, 0, 1, 2, 3));
    v = NAME(greater)(v, SHUFFLE(v, v, 2, 3, 0, 1, 6, 7, 4, 5));
    return v[0] > v[1] ? v[0] : v[1];
}

// log2, to 2e-6: the exponent, and the series of atanh on a mantissa in sqrt(1/2)...sqrt(2).
INLINE float8 NAME(log2)(float8 v) {
    const int8x32 bits = (int8x32)v - 0x3F3504F3;
    const float8 exponent = __builtin_convertvector(bits >> 23, float8);
    const float8 m = (float8)((bits & 0x007FFFFF) + 0x3F3504F3);
    const float8 t = (m - 1.0f) / (m + 1.0f), u = t * t;
    return exponent + t * (2.8853900818f + u * (0.9617966939f + u * (0.5770780164f + u * (0.4121985831f + u * 0.3205989f))));
}

// tanh, to 1e-6: the rational function of the Eigen library, on -7.9...7.9; further out a float can't tell it from 1.
INLINE float8 NAME(tanh)(float8 x) {
    x = NAME(clamp)(x, -7.90531110763549805f, 7.90531110763549805f);
    const float8 u = x * x;
    const float8 p = 6.37261928875436e-04f + u * (1.48572235717979e-05f + u * (5.12229709037114e-08f
        + u * (-8.60467152213735e-11f + u * (2.00018790482477e-13f + u * -2.76076847742355e-16f))));
    const float8 q = 2.26843463243900e-03f + u * (1.18534705686654e-04f + u * 1.19825839466702e-06f);
    return x * (4.89352455891786e-03f + u * p) / (4.89352518554385e-03f + u * q);
}

INLINE float8 NAME(sigmoid)(float8 x) { return 0.5f + 0.5f * NAME(tanh)(0.5f * x); }

// The square roots of count values, a multiple of four.
INLINE void NAME(square_roots)(const float *input, float *output, int count) {
    for (int i = 0; i < count; i += 4) {
#if defined(__x86_64__)
        _mm_storeu_ps(output + i, _mm_sqrt_ps(_mm_loadu_ps(input + i)));
#elif defined(__aarch64__)
        vst1q_f32(output + i, vsqrtq_f32(vld1q_f32(input + i)));
#else
        for (int l = i; l < i + 4; l++) output[l] = __builtin_sqrtf(input[l]);
#endif
    }
}

// Four complex values become their spectrum.
#define BUTTERFLY4(a, b, c, d)                                                                                         \
    do {                                                                                                               \
        const float8 sr = (a).re + (c).re, si = (a).im + (c).im, dr = (a).re - (c).re, di = (a).im - (c).im;           \
        const float8 tr = (b).re + (d).re, ti = (b).im + (d).im, er = (b).re - (d).re, ei = (b).im - (d).im;           \
        (a) = (complex8){sr + tr, si + ti};                                                                            \
        (b) = (complex8){dr + ei, di - er};                                                                            \
        (c) = (complex8){sr - tr, si - ti};                                                                            \
        (d) = (complex8){dr - ei, di + er};                                                                            \
    } while (0)

#define TURN(z, wr, wi) ((complex8){(z).re * (wr) - (z).im * (wi), (z).re * (wi) + (z).im * (wr)})

#define HALF 0.70710678118654752f

INLINE void NAME(transpose)(float8 v[8]) {
    float8 a[8], b[8];
    for (int i = 0; i < 8; i += 2) {
        a[i] = SHUFFLE(v[i], v[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        a[i + 1] = SHUFFLE(v[i], v[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    for (int i = 0; i < 8; i += 4) {
        for (int j = i; j < i + 2; j++) {
            b[j] = SHUFFLE(a[j], a[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
            b[j + 2] = SHUFFLE(a[j], a[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
    }
    for (int i = 0; i < 4; i++) {
        v[i] = SHUFFLE(b[i], b[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        v[i + 4] = SHUFFLE(b[i], b[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

// The spectrum of 128 complex values, z[r] holding 8 r...8 r + 7, as 16 x 8: across the rows, a turn, and within them.
// Writes 129 values, the last one the first again.
static void NAME(spectrum)(const tk_tables *tables, complex8 z[16], float *re, float *im) {
    for (int b = 0; b < 4; b++) {
        BUTTERFLY4(z[b], z[b + 4], z[b + 8], z[b + 12]);
        for (int p = 1; p < 4 && b > 0; p++) z[b + 4 * p] = TURN(z[b + 4 * p], tables->cos16[b * p], -tables->sin16[b * p]);
    }
    for (int p = 0; p < 4; p++) BUTTERFLY4(z[4 * p], z[4 * p + 1], z[4 * p + 2], z[4 * p + 3]);
    for (int half = 0; half < 2; half++) {
        float8 vr[8], vi[8];
        for (int l = 0; l < 8; l++) {
            const int k = 8 * half + l;
            const complex8 turned = TURN(z[4 * (k % 4) + k / 4], LOAD(tables->turn_re[k]), LOAD(tables->turn_im[k]));
            vr[l] = turned.re;
            vi[l] = turned.im;
        }
        NAME(transpose)(vr);
        NAME(transpose)(vi);
        complex8 e[4], o[4];
        for (int i = 0; i < 4; i++) {
            e[i] = (complex8){vr[2 * i], vi[2 * i]};
            o[i] = (complex8){vr[2 * i + 1], vi[2 * i + 1]};
        }
        BUTTERFLY4(e[0], e[1], e[2], e[3]);
        BUTTERFLY4(o[0], o[1], o[2], o[3]);
        o[1] = (complex8){HALF * (o[1].re + o[1].im), HALF * (o[1].im - o[1].re)};
        o[2] = (complex8){o[2].im, -o[2].re};
        o[3] = (complex8){HALF * (o[3].im - o[3].re), -HALF * (o[3].re + o[3].im)};
        for (int i = 0; i < 4; i++) {
            STORE(re + 16 * i + 8 * half, e[i].re + o[i].re);
            STORE(im + 16 * i + 8 * half, e[i].im + o[i].im);
            STORE(re + 16 * (i + 4) + 8 * half, e[i].re - o[i].re);
            STORE(im + 16 * (i + 4) + 8 * half, e[i].im - o[i].im);
        }
    }
    re[128] = re[0];
    im[128] = im[0];
}

// Of the spectrum of 256 real values, whose even ones were the real parts, the bins k...k + 7.
INLINE complex8 NAME(real_bins)(const tk_tables *tables, const float *re, const float *im, int k) {
    const float8 mr = LOAD(re + 121 - k), mi = LOAD(im + 121 - k);
    const float8 br = SHUFFLE(mr, mr, 7, 6, 5, 4, 3, 2, 1, 0), bi = SHUFFLE(mi, mi, 7, 6, 5, 4, 3, 2, 1, 0);
    const float8 ar = LOAD(re + k), ai = LOAD(im + k), wr = LOAD(tables->real_re + k), wi = LOAD(tables->real_im + k);
    const float8 dr = ar - br, di = ai + bi;
    return (complex8){0.5f * (ar + br + wr * di + wi * dr), 0.5f * (ai - bi + wi * di - wr * dr)};
}

// The power of bins 0..<128 of a window of samples.
static void NAME(power)(const tk_tables *tables, const int16_t *window, float *power) {
    complex8 z[16];
    float re[129], im[129];
    for (int r = 0; r < 16; r++) {
        const short16 v = *(const short16 *)(window + 16 * r);
        const short8 even = SHUFFLE(v, v, 0, 2, 4, 6, 8, 10, 12, 14), odd = SHUFFLE(v, v, 1, 3, 5, 7, 9, 11, 13, 15);
        z[r].re = __builtin_convertvector(even, float8) * LOAD(tables->hann_even + 8 * r);
        z[r].im = __builtin_convertvector(odd, float8) * LOAD(tables->hann_odd + 8 * r);
    }
    NAME(spectrum)(tables, z, re, im);
    for (int k = 0; k < 128; k += 8) {
        const complex8 x = NAME(real_bins)(tables, re, im, k);
        STORE(power + k, x.re * x.re + x.im * x.im);
    }
}

// How periodic the whitened signal is: its highest correlation with itself at lags of 20..<53 and 53..<128 samples.
static void NAME(periodicity)(const tk_tables *tables, const float *power, float *output) {
    float m[256], re[129], im[129];
    complex8 z[16];
    NAME(square_roots)(power, m, 128);
    m[0] = m[1] = m[128] = 0;
    for (int k = 1; k < 128; k++) m[256 - k] = m[k];
    for (int r = 0; r < 16; r++) {
        const float8 a = LOAD(m + 16 * r), b = LOAD(m + 16 * r + 8);
        z[r].re = SHUFFLE(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
        z[r].im = SHUFFLE(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
    }
    NAME(spectrum)(tables, z, re, im);
    for (int k = 0; k < 128; k += 8) STORE(m + k, NAME(real_bins)(tables, re, im, k).re);
    const float scale = 1 / (m[0] + 0.256f);
    output[0] = scale * NAME(greatest)(m, 20, 53);
    output[1] = scale * NAME(greatest)(m, 53, 128);
}

// Follows the minimum of each band's smoothed level over the running half second and the four before it.
INLINE void NAME(follow)(tk_talk_state *state, const float *level, float *floor) {
    const uint32_t position = state->hop % TK_TALK_BLOCK, turn = state->hop / TK_TALK_BLOCK;
    for (int i = 0; i < 16; i += 8) {
        const float8 value = LOAD(level + i), everything = 1e9f - (float8){0};
        if (state->hop == 0) {
            STORE(state->smooth + i, value);
            STORE(state->block + i, everything);
            for (int b = 0; b < 4; b++) STORE(state->blocks + 16 * b + i, everything);
        }
        const float8 smooth = LOAD(state->smooth + i) + 0.3f * (value - LOAD(state->smooth + i));
        STORE(state->smooth + i, smooth);
        if (position == 0 && turn > 0) {
            STORE(state->blocks + 16 * (turn % 4) + i, LOAD(state->block + i));
            STORE(state->block + i, smooth);
        }
        float8 lowest = NAME(smaller)(LOAD(state->block + i), smooth);
        STORE(state->block + i, lowest);
        for (int b = 0; b < 4; b++) lowest = NAME(smaller)(lowest, LOAD(state->blocks + 16 * b + i));
        STORE(floor + i, lowest);
    }
    state->hop++;
}

static void NAME(features)(const tk_tables *tables, tk_talk_state *state, const int16_t *window, float *output) {
    float power[128], level[16], floor[16], peak[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    NAME(power)(tables, window, power);
#pragma clang loop unroll(full)
    for (int band = 0; band < 16; band++) {
        float energy = 0;
#pragma clang loop unroll(full)
        for (int k = EDGES[band]; k < EDGES[band + 1]; k++) energy += power[k];
        level[band] = energy;
    }
#pragma clang loop unroll(full)
    for (int region = 0; region < 4; region++) {
        const int first = REGIONS[region], last = REGIONS[region + 1];
        float energy = 0;
        for (int band = first; band < last; band++) energy += level[band];
        const int low = EDGES[first], high = EDGES[last];
        peak[region] = (NAME(greatest)(power, low, high) + 1) / (energy / (float)(high - low) + 1);
    }
    const float8 l0 = NAME(log2)(LOAD(level) + 64.0f), l1 = NAME(log2)(LOAD(level + 8) + 64.0f);
    STORE(level, l0);
    STORE(level + 8, l1);
    NAME(follow)(state, level, floor);
    const float8 f0 = LOAD(floor), f1 = LOAD(floor + 8);
    const float mean = NAME(sum)(l0 + l1) / 16;
    STORE(output, NAME(clamp)(l0 - f0, -2, 10));
    STORE(output + 8, NAME(clamp)(l1 - f1, -2, 10));
    STORE(output + 16, NAME(clamp)(l0 - mean, -8, 8));
    STORE(output + 24, NAME(clamp)(l1 - mean, -8, 8));
    STORE(peak, NAME(log2)(LOAD(peak)));
    output[32] = mean;
    output[33] = NAME(sum)(f0 + f1) / 16;
    for (int i = 0; i < 4; i++) output[34 + i] = peak[i];
    NAME(periodicity)(tables, power, output + 38);
}

// Adds the matrix [count][8 * vectors] at `weights`, times a vector, to `sums`.
#define MULTIPLY(weights, input, count, vectors, sums)                                                                 \
    for (int i = 0; i < (count); i++)                                                                                  \
        for (int v = 0; v < (vectors); v++) (sums)[v] += (input)[i] * LOAD((weights) + (i * (vectors) + v) * 8)

// The gated recurrent layer, two vectors of units at a time: with eight sums the registers suffice, and the multiplier is busy.
INLINE void NAME(recall)(const tk_talk_weights *w, const float *memory, const float *input, int first, float *kept) {
    enum { UNITS = TK_TALK_UNITS };
    float8 reset[2], update[2], next[2], fresh[2];
    for (int v = 0; v < 2; v++) {
        const int at = first + 8 * v;
        reset[v] = LOAD(w->gate_bias + at);
        update[v] = LOAD(w->gate_bias + UNITS + at);
        next[v] = LOAD(w->gate_bias + 2 * UNITS + at);
        fresh[v] = LOAD(w->fresh_bias + at);
    }
    for (int i = 0; i < TK_TALK_INPUTS; i++) {
        const float *row = w->gate_input + i * 3 * UNITS + first;
        for (int v = 0; v < 2; v++) {
            reset[v] += input[i] * LOAD(row + 8 * v);
            update[v] += input[i] * LOAD(row + UNITS + 8 * v);
            next[v] += input[i] * LOAD(row + 2 * UNITS + 8 * v);
        }
    }
    for (int i = 0; i < UNITS; i++) {
        const float *row = w->gate_memory + i * 3 * UNITS + first;
        for (int v = 0; v < 2; v++) {
            reset[v] += memory[i] * LOAD(row + 8 * v);
            update[v] += memory[i] * LOAD(row + UNITS + 8 * v);
            fresh[v] += memory[i] * LOAD(row + 2 * UNITS + 8 * v);
        }
    }
    for (int v = 0; v < 2; v++) {
        const float8 unit = NAME(tanh)(next[v] + NAME(sigmoid)(reset[v]) * fresh[v]);
        STORE(kept + first + 8 * v, unit + NAME(sigmoid)(update[v]) * (LOAD(memory + first + 8 * v) - unit));
    }
}

static void NAME(remember)(const tk_talk_weights *w, float *memory, const float *features, float *probabilities) {
    enum { INPUTS = TK_TALK_INPUTS / 8 };
    float8 inner[INPUTS], said[2] = {0};
    float input[TK_TALK_INPUTS], kept[TK_TALK_UNITS];
    for (int v = 0; v < INPUTS; v++) inner[v] = LOAD(w->input_bias + 8 * v);
    MULTIPLY(w->input, features, TK_TALK_FEATURES, INPUTS, inner);
    for (int v = 0; v < INPUTS; v++) STORE(input + 8 * v, NAME(tanh)(inner[v]));
    for (int first = 0; first < TK_TALK_UNITS; first += 16) NAME(recall)(w, memory, input, first, kept);
    for (int at = 0; at < TK_TALK_UNITS; at += 8) {
        const float8 unit = LOAD(kept + at);
        STORE(memory + at, unit);
        for (int i = 0; i < 2; i++) said[i] += unit * LOAD(w->output + TK_TALK_UNITS * i + at);
    }
    for (int i = 0; i < 2; i++) {
        probabilities[i] = NAME(sigmoid)(NAME(sum)(said[i]) + w->output_bias[i] - (float8){0})[0];
    }
}

static void NAME(hop)(const tk_tables *tables, const tk_talk_weights *weights, tk_talk_state *state, const int16_t *window,
                      float *probabilities) {
    float features[TK_TALK_FEATURES];
    NAME(features)(tables, state, window, features);
    NAME(remember)(weights, state->memory, features, probabilities);
}

#undef LOAD
#undef STORE
#undef SHUFFLE
#undef CHOOSE
#undef INLINE
#undef BUTTERFLY4
#undef TURN
#undef HALF
#undef MULTIPLY
