<?php
// A voicemail as a handler in PHP, with nothing but what comes with it: who talks during the greeting leaves a message.
//
// Usage: php -S 127.0.0.1:8080 voicemail.php    or as a page of any web server.
//
// The platform sends the variables back that it was answered with: they hold the name of the step that a call is at.
declare(strict_types=1);

function say(string $text): string {
    return "TTS|TTS_EN-GB_SERENA|$text";
}

/** The request; an exception if it is none. */
function read(string $body): stdClass {
    $request = json_decode($body, flags: JSON_THROW_ON_ERROR);
    if (!$request instanceof stdClass) {
        throw new UnexpectedValueException('the request must be an object');
    }
    $kinds = ['callid' => 'is_int', 'call_status' => 'is_string', 'command' => 'is_string',
        'command_result' => fn ($value) => is_string($value) || is_int($value), 'variables' => 'is_object'];
    foreach ($kinds as $name => $isKind) {
        if (!$isKind($request->$name ?? null)) {
            throw new UnexpectedValueException("$name is missing or of a wrong type");
        }
    }
    return $request;
}

/** The next command, and the step that its result belongs to. */
function next_command(stdClass $request): array {
    $result = $request->command_result;
    $step = $request->variables->step ?? 'begin';
    $limits = ['min_ms' => 200, 'max_ms' => 60000, 'silence_ms' => 300, 'analysistime_ms' => 3000];
    $prompt = ['max_digits' => 1, 'attempts' => 1, 'timeout_ms' => 4000];
    return match (true) {
        $step === 'begin' => ['play_talk_detect',
            ['media_id' => say('Nobody is here. If you want to leave a message, say yes.')] + $limits, 'greet'],
        $step === 'greet' && $result !== 'TALK' => ['play', ['media_id' => say('Good bye.')], 'end'],
        $step === 'greet' || ($step === 'choose' && $result === '1') =>
            ['play', ['media_id' => say('Speak now, and press hash.')], 'invite'],
        $step === 'invite' => ['record', ['silence' => 4, 'max_duration' => 120], 'message'],
        $step === 'message' && $result !== '' && $result !== 0 => ['play_record', ['media_file' => $result], 'listen'],
        // Without a recording there is nothing to listen to.
        $step === 'message' || $step === 'listen' =>
            ['read', ['media_id' => say('To record it again, press 1.')] + $prompt, 'choose'],
        $step === 'choose' => ['play', ['media_id' => say('Thank you. Good bye.')], 'end'],
        default => ['hangup', new stdClass(), 'end'],
    };
}

function answer(stdClass $request): array|stdClass {
    if (!in_array($request->call_status, ['UP', 'INCOMING_CALL'], true)) {
        return new stdClass();
    }
    [$command, $params, $step] = next_command($request);
    $request->variables->step = $step;
    return ['command' => $command, 'command_id' => $step, 'params' => $params, 'variables' => $request->variables];
}

header('Content-Type: application/json');
try {
    echo json_encode(answer(read(file_get_contents('php://input'))), JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION);
} catch (UnexpectedValueException | JsonException $error) {
    http_response_code(400);
    echo json_encode(['error' => $error->getMessage()]);
}
