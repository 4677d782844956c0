// What a program and the Frame Server say to each other. A program has one connection on which it
// is told events, and as many for calls as it makes at once; it sends a request and gets a reply on
// those.
//
// request: Call, the session, how the program's switches stand, arguments
// reply: HRESULT, results
// event: Told, the listener it is for, data
#pragma once

#include <windows.h>

#include <cstdint>

#include "choices.h"

namespace mfvcam::simulator {

// Raised with every change here, in wire.cpp, of switches::Snapshot (switches.h) or of what
// attributes_to_bytes (media_data.cpp) writes: those who differ do not meet. Nor do programs of 32
// and 64 bits, whose HANDLEs differ.
inline constexpr int kProtocol = 3;

enum class Call : std::uint32_t {
    kJoin,          // on the connection for events -> session, the Frame Server's process id
    kLeave,         // the session, which ends
    kOpen,          // CameraKey, whether to make it, listener -> hold, 0 if there is no such camera
    kHoldState,     // hold, source known -> exists, removed, monitor, source: 0 for none
    kStart,         // hold, attributes
    kStop,          // hold
    kRemove,        // hold
    kInvalidate,    // hold
    kKsProperty,    // source, property, whether there is data, data -> property, returned, data
    kEnable,        // source, KSEVENT, KSEVENTDATA -> registration
    kDisable,       // source, registration
    kForget,        // source, registration
    kOpenConsumer,  // source, listener -> consumer, SourceData
    kConsumerStart,  // consumer, selections
    kConsumerStop,   // consumer
    kRequestSample,  // consumer, stream
    kCloseConsumer,  // consumer
    kRelease,        // hold, source or consumer
};

enum class Told : std::uint32_t {
    kCameraEvent,  // EventData
    kRemoved,      //
    kEvent,        // EventData
    kStreamEvent,  // stream, EventData
    kSample,       // SampleHeader, attributes; the frame lies in the section. To be answered.
    kEnd,          // HRESULT
    kSection,      // a HANDLE of the program's to the section where frames lie, size
};

// What a process of ours is. The monitor serves one Frame Server as that serves programs.
enum class Role { kFrameServer, kMonitor };

// Names an object of the Frame Server to one program; 0 is none.
using ObjectId = std::uint64_t;

struct SampleHeader {
    DWORD stream;
    DWORD length;
    LONGLONG time;
    LONGLONG duration;
    BOOL has_time;
    BOOL has_duration;
};

// What the calls of a program answer once its Frame Server has died.
inline constexpr HRESULT kHostDied = HRESULT_FROM_WIN32(RPC_S_CALL_FAILED);
// And what those of a Frame Server answer, when it was the monitor.
constexpr HRESULT death_of(Role role) noexcept {
    return role == Role::kMonitor ? choices::kMonitorDied : kHostDied;
}

}  // namespace mfvcam::simulator
