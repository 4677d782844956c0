// Where Windows is silent and more than one answer is plausible, or where it depends on the
// machine: each such point is a switch, and a test may choose among its values. The first value is
// the default. README.md has the same table with what each value means; a test holds them equal.
// Where one answer is as good as any other there is no switch, but an entry in choices.h.
#pragma once

#include <windows.h>

#include <mferror.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace mfvcam::simulator::switches {

enum class Switch {
    kActivation,
    kActivationDelay,
    kAddAfterStart,
    kAdministrator,
    kBeforeStart,
    kCameraAccess,
    kDiesIn,
    kEventCarrier,
    kHosting,
    kKsEventInstance,
    kKsEventUnwatched,
    kNoSuchCamera,
    kNullObject,
    kPipelineShutdownOnLastWatcher,
    kShutdownWakesWait,
    kSourceInstances,
    kTypeSupported,
    kWaitAfterShutdown,
    kWaitTimeout,
};

// A value is a result where the switch is about one, else one of the enumerations below.
struct Value {
    const char* name;
    LONG code;
};

struct Definition {
    const char* name;
    std::span<const Value> values;
    // Else it makes faults, or says where media sources live.
    bool decides_answers = true;
};

enum Answer : LONG { kNo, kYes };
enum Administrator : LONG { kAsTheProcess, kAlways, kNever };
enum Hosting : LONG { kFrameServer, kInProcess };
enum DiesIn : LONG {
    kNoCall,
    kInStart,
    kInGetMediaSource,
    kInSendCameraProperty,
    kInCreateSyncEvent
};
enum KsEventInstance : LONG { kStreaming, kMonitor };
enum SourceInstances : LONG { kOnePerCamera, kOnePerActivation };
enum Carrier : LONG { kObject, kState, kResult };
enum NullObject : LONG {
    kNone,
    kCreateVirtualCamera,
    kGetMediaSource,
    kCreateSyncEvent,
    kCreateSyncSemaphore
};

namespace values {

inline constexpr HRESULT kInvalidState = HRESULT_FROM_WIN32(ERROR_INVALID_STATE);

inline constexpr std::array kNoOrYes = {Value{"no", kNo}, Value{"yes", kYes}};
inline constexpr std::array kYesOrNo = {Value{"yes", kYes}, Value{"no", kNo}};
inline constexpr std::array kActivation = {Value{"S_OK", S_OK},
                                           Value{"E_ACCESSDENIED", E_ACCESSDENIED},
                                           Value{"REGDB_E_CLASSNOTREG", REGDB_E_CLASSNOTREG}};
inline constexpr std::array kActivationDelay = {Value{"0", 0}, Value{"300", 300},
                                                Value{"3000", 3000}};
inline constexpr std::array kAddAfterStart = {Value{"S_OK", S_OK},
                                              Value{"MF_E_INVALIDREQUEST", MF_E_INVALIDREQUEST},
                                              Value{"ERROR_INVALID_STATE", kInvalidState}};
inline constexpr std::array kAdministrator = {Value{"process", kAsTheProcess},
                                              Value{"yes", kAlways}, Value{"no", kNever}};
inline constexpr std::array kBeforeStart = {
    Value{"MF_E_INVALIDREQUEST", MF_E_INVALIDREQUEST},
    Value{"MF_E_NOT_INITIALIZED", MF_E_NOT_INITIALIZED},
    Value{"MF_E_SHUTDOWN", MF_E_SHUTDOWN},
    Value{"MF_E_INVALID_STATE_TRANSITION", MF_E_INVALID_STATE_TRANSITION},
    Value{"ERROR_INVALID_STATE", kInvalidState},
    Value{"ERROR_NOT_FOUND", HRESULT_FROM_WIN32(ERROR_NOT_FOUND)},
    Value{"E_INVALIDARG", E_INVALIDARG},
    Value{"E_FAIL", E_FAIL}};
inline constexpr std::array kCameraAccess = {Value{"S_OK", S_OK},
                                             Value{"E_ACCESSDENIED", E_ACCESSDENIED}};
inline constexpr std::array kDiesIn = {Value{"none", kNoCall}, Value{"Start", kInStart},
                                       Value{"GetMediaSource", kInGetMediaSource},
                                       Value{"SendCameraProperty", kInSendCameraProperty},
                                       Value{"CreateSyncEvent", kInCreateSyncEvent}};
inline constexpr std::array kEventCarrier = {Value{"object", kObject}, Value{"state", kState},
                                             Value{"result", kResult}};
inline constexpr std::array kHosting = {Value{"frame-server", kFrameServer},
                                        Value{"in-process", kInProcess}};
inline constexpr std::array kKsEventInstance = {Value{"streaming", kStreaming},
                                                Value{"monitor", kMonitor}};
inline constexpr std::array kKsEventUnwatched = {
    Value{"S_OK", S_OK}, Value{"MF_E_INVALIDREQUEST", MF_E_INVALIDREQUEST},
    Value{"ERROR_NOT_READY", HRESULT_FROM_WIN32(ERROR_NOT_READY)}};
inline constexpr std::array kNoSuchCamera = {Value{"MF_E_NOT_FOUND", MF_E_NOT_FOUND},
                                             Value{"MF_E_INVALIDREQUEST", MF_E_INVALIDREQUEST},
                                             Value{"S_OK", S_OK}};
inline constexpr std::array kNullObject = {
    Value{"none", kNone}, Value{"MFCreateVirtualCamera", kCreateVirtualCamera},
    Value{"GetMediaSource", kGetMediaSource}, Value{"CreateSyncEvent", kCreateSyncEvent},
    Value{"CreateSyncSemaphore", kCreateSyncSemaphore}};
inline constexpr std::array kSourceInstances = {Value{"camera", kOnePerCamera},
                                                Value{"activation", kOnePerActivation}};
inline constexpr std::array kWaitAfterShutdown = {
    Value{"MF_E_SHUTDOWN", MF_E_SHUTDOWN}, Value{"E_HANDLE", E_HANDLE},
    Value{"ERROR_INVALID_STATE", kInvalidState}, Value{"E_FAIL", E_FAIL}, Value{"waits", S_OK}};
inline constexpr std::array kWaitTimeout = {
    Value{"WAIT_TIMEOUT", HRESULT_FROM_WIN32(WAIT_TIMEOUT)},
    Value{"ERROR_TIMEOUT", HRESULT_FROM_WIN32(ERROR_TIMEOUT)},
    Value{"ERROR_SEM_TIMEOUT", HRESULT_FROM_WIN32(ERROR_SEM_TIMEOUT)}, Value{"S_FALSE", S_FALSE},
    Value{"258", static_cast<LONG>(WAIT_TIMEOUT)}};

}  // namespace values

// In the order of Switch.
inline constexpr std::array kDefinitions = {
    Definition{"activation", values::kActivation, false},
    Definition{"activation-delay", values::kActivationDelay, false},
    Definition{"add-after-start", values::kAddAfterStart},
    Definition{"administrator", values::kAdministrator},
    Definition{"before-start", values::kBeforeStart},
    Definition{"camera-access", values::kCameraAccess},
    Definition{"dies-in", values::kDiesIn, false},
    Definition{"event-carrier", values::kEventCarrier},
    Definition{"hosting", values::kHosting, false},
    Definition{"ksevent-instance", values::kKsEventInstance},
    Definition{"ksevent-unwatched", values::kKsEventUnwatched},
    Definition{"no-such-camera", values::kNoSuchCamera},
    Definition{"null-object", values::kNullObject},
    Definition{"pipeline-shutdown-on-last-watcher", values::kNoOrYes},
    Definition{"shutdown-wakes-wait", values::kYesOrNo},
    Definition{"source-instances", values::kSourceInstances},
    Definition{"type-supported", values::kYesOrNo},
    Definition{"wait-after-shutdown", values::kWaitAfterShutdown},
    Definition{"wait-timeout", values::kWaitTimeout},
};

constexpr const Definition& definition(Switch which) noexcept {
    return kDefinitions[static_cast<std::size_t>(which)];
}
constexpr LONG default_code(Switch which) noexcept {
    return definition(which).values.front().code;
}

// As it stands now: by set(), else by the environment, else the default. S_OK everywhere but in a
// process whose environment asks for what there is not: then nothing is to be answered but this.
HRESULT environment() noexcept;
LONG code(Switch which) noexcept;
HRESULT set(std::string_view name, std::string_view value) noexcept;
// How all of them stand, for another process: a byte each, of which unknown ones change nothing.
using Snapshot = std::array<BYTE, kDefinitions.size()>;
Snapshot snapshot() noexcept;
void apply(const Snapshot& snapshot) noexcept;
// Null if there is no such switch.
const Value* get(std::string_view name) noexcept;

}  // namespace mfvcam::simulator::switches
