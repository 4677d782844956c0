// The seam between a program's camera objects and whatever plays the Frame Server for them. All
// that passes is plain data (media_data.h), so that the Frame Server may be another process.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "camera_key.h"
#include "com_ptr.h"
#include "ks_control.h"
#include "media_data.h"

namespace mfvcam::simulator {

// What a consumer of a media source is told, on any thread, one at a time. The thread may hold what
// the consumer waits for: nothing of that is to be called on it, its end included.
class ConsumerListener {
 public:
    virtual ~ConsumerListener() = default;
    virtual void on_event(const EventData& event) noexcept = 0;
    // MENewStream, without a value, comes before all others of each start.
    virtual void on_stream_event(DWORD stream, const EventData& event) noexcept = 0;
    // Of one RequestSample, the oldest that has none yet. The buffers are everybody's to read.
    virtual void on_sample(DWORD stream, IMFSample* sample) noexcept = 0;
    // The camera was stopped or removed under it, or is lost: nothing follows.
    virtual void on_end(HRESULT reason) noexcept = 0;
};

// One of those who read from a media source. Free-threaded.
class Consumer {
 public:
    // As close.
    virtual ~Consumer() = default;
    virtual HRESULT start(const std::vector<Selection>& selections) noexcept = 0;
    virtual HRESULT stop() noexcept = 0;
    virtual HRESULT request_sample(DWORD stream) noexcept = 0;
    // Stops, and is told nothing any more but by a call under way. Once.
    virtual void close() noexcept = 0;
};

// One active media source. Free-threaded.
class HostedSource {
 public:
    virtual ~HostedSource() = default;

    // IKsControl::KsProperty of the source; property may change.
    virtual HRESULT ks_property(Bytes& property, void* data, ULONG data_length,
                                ULONG* bytes_returned) noexcept = 0;
    // IKsControl::KsEvent: enables, and later disables by the registration that this gives.
    // notification names a HANDLE of the calling process.
    virtual HRESULT enable(const KSEVENT& event, const KSEVENTDATA& notification,
                           std::uint64_t& registration) noexcept = 0;
    virtual HRESULT disable(std::uint64_t registration) noexcept = 0;
    // Instead of disable: a ONESHOT that has fired.
    virtual void forget(std::uint64_t registration) noexcept = 0;

    virtual HRESULT open_consumer(const std::shared_ptr<ConsumerListener>& listener,
                                  SourceData& description,
                                  std::shared_ptr<Consumer>& consumer) noexcept = 0;
};

// Told of a camera's extended events and errors, in order, on any thread, with no lock held.
class CameraListener {
 public:
    virtual ~CameraListener() = default;
    virtual void on_event(const EventData& event) noexcept = 0;
    // The camera was removed, or is lost: nothing follows.
    virtual void on_removed() noexcept = 0;
};

// How a camera stands.
struct CameraState {
    bool exists = false;                   // started at least once, and not removed
    bool removed = false;                  // and told to be: only another hold can open the camera
    std::shared_ptr<HostedSource> source;  // while started; else null
    DWORD monitor_process = 0;             // while started and monitored
};

// One camera object's hold on the camera of its parameters. Free-threaded.
class CameraHold {
 public:
    // As close.
    virtual ~CameraHold() = default;
    // Gives the hold back, whoever is still calling it: a Session camera ends with the last one.
    // Once.
    virtual void close() noexcept = 0;
    // Fails if the host has died: only another hold can then open the camera.
    virtual HRESULT state(CameraState& state) noexcept = 0;
    // attributes: those set on the camera object. S_FALSE: has been removed, and never starts
    // again.
    virtual HRESULT start(const Bytes& attributes) noexcept = 0;
    virtual HRESULT stop() noexcept = 0;
    virtual HRESULT remove() noexcept = 0;
    // A fault: its media source dies.
    virtual HRESULT invalidate() noexcept = 0;
};

class Host {
 public:
    virtual ~Host() = default;
    // kExisting: null if there is no such camera.
    enum class Open { kExisting, kMade };
    virtual HRESULT open(const CameraKey& key, Open how,
                         const std::shared_ptr<CameraListener>& listener,
                         std::shared_ptr<CameraHold>& hold) noexcept = 0;
    virtual HRESULT process_id(DWORD& id) noexcept = 0;
    // A fault: it dies; restarted: another is there at once.
    virtual HRESULT die(bool restarted) noexcept = 0;
};

// The host within this process, and the one in the Frame Server's. Never destroyed.
Host& local_host();
Host& remote_host();
// The one in the process of the monitor of the Frame Server with this name.
std::unique_ptr<Host> monitor_host(const std::wstring& server);

}  // namespace mfvcam::simulator
