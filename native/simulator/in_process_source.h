// A media source that lives in the camera's own process. Its clients share the one instance: the
// events it raises go to the client on whose behalf it runs.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <cstdint>
#include <deque>
#include <unordered_set>
#include <vector>

#include "client_media_stream.h"
#include "com_ptr.h"
#include "event_pump.h"
#include "host.h"
#include "ks_control.h"
#include "lock.h"

namespace mfvcam::simulator {

class ClientMediaSource;

class InProcessSource final : public HostedSource,
                              public EventSink,
                              public std::enable_shared_from_this<InProcessSource> {
 public:
    static HRESULT activate(const Activation& activation,
                            const std::weak_ptr<HostListener>& listener,
                            std::shared_ptr<InProcessSource>& source);

    HRESULT ksProperty(void* property, ULONG propertyLength, void* data, ULONG dataLength,
                       ULONG* bytesReturned) noexcept override;
    HRESULT ksEvent(void* event, ULONG eventLength, void* eventData, ULONG dataLength,
                    ULONG* bytesReturned) noexcept override;
    HRESULT openClient(const std::shared_ptr<Children>& children,
                       ComPtr<IMFMediaSource>& client) noexcept override;
    void shutdown(HRESULT reason) noexcept override;

    bool onEvent(EventPump& pump, IMFMediaEvent* event) noexcept override;
    void onEnd(EventPump& pump, HRESULT reason) noexcept override;

    // For clients. The instance behind them, and what they may do to it.
    [[nodiscard]] IMFMediaSource* instance() const noexcept { return source_.get(); }
    HRESULT startFor(ClientMediaSource* client, IMFPresentationDescriptor* descriptor,
                     const GUID* timeFormat, const PROPVARIANT* position) noexcept;
    HRESULT stopFor(ClientMediaSource* client) noexcept;
    HRESULT pauseFor(ClientMediaSource* client) noexcept;
    [[nodiscard]] bool streamsFor(const ClientMediaSource* client) noexcept;
    // The client has ended: stops what it started, forgets it.
    void close(ClientMediaSource* client) noexcept;

 private:
    // From a client's Start to the MESourceStopped (MEStreamStopped) of its Stop. The events still
    // under way when the next client starts are thus not taken for its own.
    struct SourceRoute {
        std::uint64_t session = 0;
        ClientMediaSource* client = nullptr;  // null: has ended
    };
    struct StreamRoute {
        std::uint64_t session = 0;
        ClientMediaSource* client = nullptr;  // only compared
        ComPtr<ClientMediaStream> stream;     // null: its client has ended
    };
    struct Stream {
        ComPtr<IUnknown> identity;
        ComPtr<EventPump> pump;
        bool pumping = false;
        std::deque<StreamRoute> routes;
    };

    [[nodiscard]] HRESULT state() noexcept;
    bool onSourceEvent(IMFMediaEvent* event) noexcept;
    bool onStreamEvent(EventPump& pump, IMFMediaEvent* event) noexcept;
    void onStream(IMFMediaEvent* event, MediaEventType type);
    ComPtr<ClientMediaSource> frontClient(std::uint64_t& session) noexcept;
    Stream* find(const EventPump& pump) noexcept;
    void dropLastRoute(std::uint64_t session) noexcept;
    void tell(REFGUID extendedType) noexcept;
    void tell(IMFMediaEvent* event) noexcept;

    ComPtr<IMFActivate> activate_;
    ComPtr<IMFMediaSource> source_;
    ComPtr<IKsControl> ksControl_;
    ComPtr<EventPump> pump_;
    std::weak_ptr<HostListener> listener_;

    Lock lock_;
    HRESULT state_ = S_OK;  // once shut down, the reason
    std::unordered_set<ClientMediaSource*> clients_;
    ClientMediaSource* streaming_ = nullptr;
    bool busy_ = false;  // a Start or Stop of streaming_ is inside the source
    std::uint64_t session_ = 0;
    std::deque<SourceRoute> routes_;
    std::vector<Stream> streams_;
};

}  // namespace mfvcam::simulator
