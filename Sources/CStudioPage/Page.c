// The files of the studio's page. Tests/studio-page --write lists those that are there.
#include "CStudioPage.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char api_js[] = {
#embed "../StudioPage/Page/api.js"
};
static const unsigned char app_js[] = {
#embed "../StudioPage/Page/app.js"
};
static const unsigned char confusion_js[] = {
#embed "../StudioPage/Page/confusion.js"
};
static const unsigned char copy_js[] = {
#embed "../StudioPage/Page/copy.js"
};
static const unsigned char detect_view_js[] = {
#embed "../StudioPage/Page/detect-view.js"
};
static const unsigned char detections_js[] = {
#embed "../StudioPage/Page/detections.js"
};
static const unsigned char dom_js[] = {
#embed "../StudioPage/Page/dom.js"
};
static const unsigned char figure_canvas_js[] = {
#embed "../StudioPage/Page/figure-canvas.js"
};
static const unsigned char folder_prompts_js[] = {
#embed "../StudioPage/Page/folder-prompts.js"
};
static const unsigned char format_js[] = {
#embed "../StudioPage/Page/format.js"
};
static const unsigned char fragment_js[] = {
#embed "../StudioPage/Page/fragment.js"
};
static const unsigned char frontier_js[] = {
#embed "../StudioPage/Page/frontier.js"
};
static const unsigned char heat_map_js[] = {
#embed "../StudioPage/Page/heat-map.js"
};
static const unsigned char hints_js[] = {
#embed "../StudioPage/Page/hints.js"
};
static const unsigned char icon_svg[] = {
#embed "../StudioPage/Page/icon.svg"
};
static const unsigned char index_html[] = {
#embed "../StudioPage/Page/index.html"
};
static const unsigned char interval_editor_js[] = {
#embed "../StudioPage/Page/interval-editor.js"
};
static const unsigned char intervals_js[] = {
#embed "../StudioPage/Page/intervals.js"
};
static const unsigned char judgement_table_js[] = {
#embed "../StudioPage/Page/judgement-table.js"
};
static const unsigned char label_files_js[] = {
#embed "../StudioPage/Page/label-files.js"
};
static const unsigned char label_saver_js[] = {
#embed "../StudioPage/Page/label-saver.js"
};
static const unsigned char latest_js[] = {
#embed "../StudioPage/Page/latest.js"
};
static const unsigned char length_figure_js[] = {
#embed "../StudioPage/Page/length-figure.js"
};
static const unsigned char microphone_worklet_js[] = {
#embed "../StudioPage/Page/microphone-worklet.js"
};
static const unsigned char microphone_js[] = {
#embed "../StudioPage/Page/microphone.js"
};
static const unsigned char notice_js[] = {
#embed "../StudioPage/Page/notice.js"
};
static const unsigned char page_state_js[] = {
#embed "../StudioPage/Page/page-state.js"
};
static const unsigned char phone_audio_js[] = {
#embed "../StudioPage/Page/phone-audio.js"
};
static const unsigned char phone_bell_js[] = {
#embed "../StudioPage/Page/phone-bell.js"
};
static const unsigned char phone_line_js[] = {
#embed "../StudioPage/Page/phone-line.js"
};
static const unsigned char phone_ring_js[] = {
#embed "../StudioPage/Page/phone-ring.js"
};
static const unsigned char phone_strip_js[] = {
#embed "../StudioPage/Page/phone-strip.js"
};
static const unsigned char phone_transcript_js[] = {
#embed "../StudioPage/Page/phone-transcript.js"
};
static const unsigned char phone_view_js[] = {
#embed "../StudioPage/Page/phone-view.js"
};
static const unsigned char phone_worklet_js[] = {
#embed "../StudioPage/Page/phone-worklet.js"
};
static const unsigned char pictures_js[] = {
#embed "../StudioPage/Page/pictures.js"
};
static const unsigned char player_js[] = {
#embed "../StudioPage/Page/player.js"
};
static const unsigned char prompt_card_js[] = {
#embed "../StudioPage/Page/prompt-card.js"
};
static const unsigned char prompts_view_js[] = {
#embed "../StudioPage/Page/prompts-view.js"
};
static const unsigned char recording_list_js[] = {
#embed "../StudioPage/Page/recording-list.js"
};
static const unsigned char recording_view_js[] = {
#embed "../StudioPage/Page/recording-view.js"
};
static const unsigned char recordings_js[] = {
#embed "../StudioPage/Page/recordings.js"
};
static const unsigned char report_source_js[] = {
#embed "../StudioPage/Page/report-source.js"
};
static const unsigned char report_js[] = {
#embed "../StudioPage/Page/report.js"
};
static const unsigned char rule_js[] = {
#embed "../StudioPage/Page/rule.js"
};
static const unsigned char search_panel_js[] = {
#embed "../StudioPage/Page/search-panel.js"
};
static const unsigned char search_result_js[] = {
#embed "../StudioPage/Page/search-result.js"
};
static const unsigned char setting_forms_js[] = {
#embed "../StudioPage/Page/setting-forms.js"
};
static const unsigned char settings_panel_js[] = {
#embed "../StudioPage/Page/settings-panel.js"
};
static const unsigned char settings_js[] = {
#embed "../StudioPage/Page/settings.js"
};
static const unsigned char shortcut_help_js[] = {
#embed "../StudioPage/Page/shortcut-help.js"
};
static const unsigned char studio_css[] = {
#embed "../StudioPage/Page/studio.css"
};
static const unsigned char theme_js[] = {
#embed "../StudioPage/Page/theme.js"
};
static const unsigned char ticks_js[] = {
#embed "../StudioPage/Page/ticks.js"
};
static const unsigned char time_window_js[] = {
#embed "../StudioPage/Page/time-window.js"
};
static const unsigned char timeline_draw_js[] = {
#embed "../StudioPage/Page/timeline-draw.js"
};
static const unsigned char timeline_layout_js[] = {
#embed "../StudioPage/Page/timeline-layout.js"
};
static const unsigned char timeline_js[] = {
#embed "../StudioPage/Page/timeline.js"
};
static const unsigned char tune_view_js[] = {
#embed "../StudioPage/Page/tune-view.js"
};
static const unsigned char undo_js[] = {
#embed "../StudioPage/Page/undo.js"
};
static const unsigned char verdict_js[] = {
#embed "../StudioPage/Page/verdict.js"
};
static const unsigned char virtual_rows_js[] = {
#embed "../StudioPage/Page/virtual-rows.js"
};
static const unsigned char wav_js[] = {
#embed "../StudioPage/Page/wav.js"
};
static const unsigned char wrong_figures_js[] = {
#embed "../StudioPage/Page/wrong-figures.js"
};

static const struct studio_page_file files[] = {
    {"api.js", api_js, sizeof api_js},
    {"app.js", app_js, sizeof app_js},
    {"confusion.js", confusion_js, sizeof confusion_js},
    {"copy.js", copy_js, sizeof copy_js},
    {"detect-view.js", detect_view_js, sizeof detect_view_js},
    {"detections.js", detections_js, sizeof detections_js},
    {"dom.js", dom_js, sizeof dom_js},
    {"figure-canvas.js", figure_canvas_js, sizeof figure_canvas_js},
    {"folder-prompts.js", folder_prompts_js, sizeof folder_prompts_js},
    {"format.js", format_js, sizeof format_js},
    {"fragment.js", fragment_js, sizeof fragment_js},
    {"frontier.js", frontier_js, sizeof frontier_js},
    {"heat-map.js", heat_map_js, sizeof heat_map_js},
    {"hints.js", hints_js, sizeof hints_js},
    {"icon.svg", icon_svg, sizeof icon_svg},
    {"index.html", index_html, sizeof index_html},
    {"interval-editor.js", interval_editor_js, sizeof interval_editor_js},
    {"intervals.js", intervals_js, sizeof intervals_js},
    {"judgement-table.js", judgement_table_js, sizeof judgement_table_js},
    {"label-files.js", label_files_js, sizeof label_files_js},
    {"label-saver.js", label_saver_js, sizeof label_saver_js},
    {"latest.js", latest_js, sizeof latest_js},
    {"length-figure.js", length_figure_js, sizeof length_figure_js},
    {"microphone-worklet.js", microphone_worklet_js, sizeof microphone_worklet_js},
    {"microphone.js", microphone_js, sizeof microphone_js},
    {"notice.js", notice_js, sizeof notice_js},
    {"page-state.js", page_state_js, sizeof page_state_js},
    {"phone-audio.js", phone_audio_js, sizeof phone_audio_js},
    {"phone-bell.js", phone_bell_js, sizeof phone_bell_js},
    {"phone-line.js", phone_line_js, sizeof phone_line_js},
    {"phone-ring.js", phone_ring_js, sizeof phone_ring_js},
    {"phone-strip.js", phone_strip_js, sizeof phone_strip_js},
    {"phone-transcript.js", phone_transcript_js, sizeof phone_transcript_js},
    {"phone-view.js", phone_view_js, sizeof phone_view_js},
    {"phone-worklet.js", phone_worklet_js, sizeof phone_worklet_js},
    {"pictures.js", pictures_js, sizeof pictures_js},
    {"player.js", player_js, sizeof player_js},
    {"prompt-card.js", prompt_card_js, sizeof prompt_card_js},
    {"prompts-view.js", prompts_view_js, sizeof prompts_view_js},
    {"recording-list.js", recording_list_js, sizeof recording_list_js},
    {"recording-view.js", recording_view_js, sizeof recording_view_js},
    {"recordings.js", recordings_js, sizeof recordings_js},
    {"report-source.js", report_source_js, sizeof report_source_js},
    {"report.js", report_js, sizeof report_js},
    {"rule.js", rule_js, sizeof rule_js},
    {"search-panel.js", search_panel_js, sizeof search_panel_js},
    {"search-result.js", search_result_js, sizeof search_result_js},
    {"setting-forms.js", setting_forms_js, sizeof setting_forms_js},
    {"settings-panel.js", settings_panel_js, sizeof settings_panel_js},
    {"settings.js", settings_js, sizeof settings_js},
    {"shortcut-help.js", shortcut_help_js, sizeof shortcut_help_js},
    {"studio.css", studio_css, sizeof studio_css},
    {"theme.js", theme_js, sizeof theme_js},
    {"ticks.js", ticks_js, sizeof ticks_js},
    {"time-window.js", time_window_js, sizeof time_window_js},
    {"timeline-draw.js", timeline_draw_js, sizeof timeline_draw_js},
    {"timeline-layout.js", timeline_layout_js, sizeof timeline_layout_js},
    {"timeline.js", timeline_js, sizeof timeline_js},
    {"tune-view.js", tune_view_js, sizeof tune_view_js},
    {"undo.js", undo_js, sizeof undo_js},
    {"verdict.js", verdict_js, sizeof verdict_js},
    {"virtual-rows.js", virtual_rows_js, sizeof virtual_rows_js},
    {"wav.js", wav_js, sizeof wav_js},
    {"wrong-figures.js", wrong_figures_js, sizeof wrong_figures_js},
    {0, 0, 0},
};

const struct studio_page_file *studio_page_files(void) { return files; }
