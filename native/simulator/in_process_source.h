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

    HRESULT ks_property(void* property, ULONG property_length, void* data, ULONG data_length,
                        ULONG* bytes_returned) noexcept override;
    HRESULT ks_event(void* event, ULONG event_length, void* event_data, ULONG data_length,
                     ULONG* bytes_returned) noexcept override;
    HRESULT open_client(const std::shared_ptr<Children>& children,
                        ComPtr<IMFMediaSource>& client) noexcept override;
    void shutdown(HRESULT reason) noexcept override;

    bool on_event(EventPump& pump, IMFMediaEvent* event) noexcept override;
    void on_end(EventPump& pump, HRESULT reason) noexcept override;

    // For clients. The instance behind them, and what they may do to it.
    [[nodiscard]] IMFMediaSource* instance() const noexcept { return source_.get(); }
    HRESULT start_for(ClientMediaSource* client, IMFPresentationDescriptor* descriptor,
                      const GUID* time_format, const PROPVARIANT* position) noexcept;
    HRESULT stop_for(ClientMediaSource* client) noexcept;
    HRESULT pause_for(ClientMediaSource* client) noexcept;
    [[nodiscard]] bool streams_for(const ClientMediaSource* client) noexcept;
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
    [[nodiscard]] HRESULT has_ks_control() noexcept;
    bool on_source_event(IMFMediaEvent* event) noexcept;
    bool on_stream_event(EventPump& pump, IMFMediaEvent* event) noexcept;
    void on_stream(IMFMediaEvent* event, MediaEventType type);
    ComPtr<ClientMediaSource> front_client(std::uint64_t& session) noexcept;
    Stream* find(const EventPump& pump) noexcept;
    void drop_last_route(std::uint64_t session) noexcept;
    void tell(REFGUID extended_type) noexcept;
    void tell(IMFMediaEvent* event) noexcept;

    ComPtr<IMFActivate> activate_;
    ComPtr<IMFMediaSource> source_;
    ComPtr<IKsControl> ks_control_;
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
